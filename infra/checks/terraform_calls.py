"""What holds of who calls what, read in a plan: doors, events, triggers and their tokens."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from infra.checks.terraform_planned import FUNCTIONS, Broken, Planned

EVERYBODY: Final = ("allUsers", "allAuthenticatedUsers")


def only_declared_functions_are_public(plan: Sequence[Planned], told: Mapping[str, Any]) -> Broken:
    declared = {one["service"] for one in told["functions"].values() if one["public"]}
    opened = {
        one.values["service"]
        for one in plan
        if one.values.get("member") in EVERYBODY and "service" in one.values
    }
    yield from (f"open to everybody, and not declared so: {one}" for one in opened - declared)
    yield from (f"declared public, and closed: {one}" for one in declared - opened)
    for one in plan:
        if one.values.get("member") in EVERYBODY and one.type != "google_cloud_run_service_iam_member":
            yield f"{one.address} is open to everybody"


def every_function_is_deployed_as_declared(plan: Sequence[Planned], told: Mapping[str, Any]) -> Broken:
    deployed = {one.values["name"] for one in plan if one.type in FUNCTIONS}
    declared = {one["service"] for one in told["functions"].values()}
    yield from (f"{one} is deployed or declared, and not both" for one in deployed ^ declared)


def inner_functions_have_one_caller(plan: Sequence[Planned], told: Mapping[str, Any]) -> Broken:
    """The account of their kind of trigger, and nobody beside it."""
    callers: dict[str, list[str]] = defaultdict(list)
    for one in plan:
        if one.type == "google_cloud_run_service_iam_member" and one.values["member"] not in EVERYBODY:
            account = one.values["member"].removeprefix("serviceAccount:").partition("@")[0]
            callers[one.values["service"]].append(account)
    for one in told["functions"].values():
        expected = [] if one["public"] else [one["invoker"]]
        if callers[one["service"]] != expected:
            yield f"{one['service']} may be called by {callers[one['service']]}, not by {expected}"


def inner_functions_are_not_reached_from_outside(plan: Sequence[Planned], told: Mapping[str, Any]) -> Broken:
    inner = {one["service"] for one in told["functions"].values() if not one["public"]}
    for one in plan:
        if one.type in FUNCTIONS and one.values["name"] in inner:
            ingress = one.values.get("ingress") or one.values["service_config"][0]["ingress_settings"]
            if not ingress.endswith("INTERNAL_ONLY"):
                yield f"{one.address}: {ingress}"


def every_event_is_tried_again(plan: Sequence[Planned], told: Mapping[str, Any]) -> Broken:
    for one in plan:
        if (
            one.type == "google_pubsub_subscription"
            and one.values["push_config"]
            and not one.values["retry_policy"]
        ):
            yield f"{one.address} does not try again"
        if one.type == "google_cloud_scheduler_job" and not (
            one.values["retry_config"] and one.values["retry_config"][0]["retry_count"]
        ):
            yield f"{one.address} does not try again"
        if one.type == "google_cloud_tasks_queue" and not (
            one.values["retry_config"] and one.values["retry_config"][0]["max_attempts"] == -1
        ):
            yield f"{one.address} gives up before its function has buried the task"
        if one.type == "google_cloudfunctions2_function" and any(
            trigger["retry_policy"] != "RETRY_POLICY_RETRY"
            for trigger in one.values.get("event_trigger") or ()
        ):
            yield f"{one.address} does not try again"


def every_subscription_has_a_dead_letter(plan: Sequence[Planned], told: Mapping[str, Any]) -> Broken:
    kept = {
        one.values["name"]
        for one in plan
        if one.type == "google_pubsub_subscription" and not one.values["push_config"]
    }
    for one in plan:
        if one.type == "google_pubsub_subscription" and one.values["push_config"]:
            if not one.values["dead_letter_policy"]:
                yield f"{one.address} has no dead letter"
            elif one.values["dead_letter_policy"][0]["max_delivery_attempts"] != told["deliveries_max"]:
                yield f"{one.address} gives up at another attempt than its function buries at"
            if f"{one.values['name']}-dead" not in kept:
                yield f"nobody keeps what {one.address} gives up"


def every_trigger_is_wired(plan: Sequence[Planned], told: Mapping[str, Any]) -> Broken:
    names = {(one.type, one.values.get("name")) for one in plan}
    wanted = {"topic": "google_pubsub_subscription", "schedule": "google_cloud_scheduler_job"}
    for one in told["functions"].values():
        if one["trigger"] in wanted and (wanted[one["trigger"]], one["service"]) not in names:
            yield f"nothing calls {one['service']}"
    for queue in told["queues"]:
        if ("google_cloud_tasks_queue", queue) not in names:
            yield f"there is no queue {queue}"


def every_token_names_its_audience(plan: Sequence[Planned], told: Mapping[str, Any]) -> Broken:
    for one in plan:
        for target in [*(one.values.get("push_config") or ()), *(one.values.get("http_target") or ())]:
            url = target.get("push_endpoint") or target.get("uri")
            audience = (target.get("oidc_token") or [{}])[0].get("audience", "")
            if not audience.startswith("https://") or not url.startswith(f"{audience}/"):
                yield f"{one.address} calls {url} with a token for {audience or 'nobody'}"
