"""What holds of every environment, read in a plan. Each promise yields what breaks it, in words."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, Protocol

EU: Final = ("europe-", "eur3", "EU", "eu")
NOT_EU: Final = ("europe-west2", "europe-west6")
PLACES: Final = ("location", "region", "location_id")
EVERYBODY: Final = ("allUsers", "allAuthenticatedUsers")
FUNCTIONS: Final = ("google_cloudfunctions2_function", "google_cloud_run_v2_service")


class Planned(Protocol):
    @property
    def address(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def values(self) -> Mapping[str, Any]: ...


Broken = Iterator[str]
Promise = Callable[[Sequence[Planned], Mapping[str, Any]], Broken]


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


def everything_is_in_the_eu(plan: Sequence[Planned], told: Mapping[str, Any]) -> Broken:
    for one in plan:
        for field in PLACES:
            place = one.values.get(field)
            if isinstance(place, str) and (place in NOT_EU or not place.startswith(EU)):
                yield f"{one.address} lies in {place}"
        for policy in one.values.get("message_storage_policy") or ():
            yield from (
                f"{one.address} keeps in {place}"
                for place in policy["allowed_persistence_regions"]
                if not place.startswith(EU)
            )


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


def secrets_are_read_only_by_who_asks_for_them(plan: Sequence[Planned], told: Mapping[str, Any]) -> Broken:
    """By the account of a kind that one of its functions asks with, and by no function that does not."""
    there = {one.values["secret_id"] for one in plan if one.type == "google_secret_manager_secret"}
    asked = {one["service"]: there.intersection(one["secrets"]) for one in told["functions"].values()}
    functions = told["functions"].values()
    wanted = {(f"run-{one['runs_as']}", secret) for one in functions for secret in one["secrets"]}
    read = {
        (one.values["member"].removeprefix("serviceAccount:").partition("@")[0], one.values["secret_id"])
        for one in plan
        if one.type == "google_secret_manager_secret_iam_member"
    }
    yield from (f"{who} may read {secret}, and none of its functions asks" for who, secret in read - wanted)
    yield from (f"{who} may not read {secret}" for who, secret in wanted - read if secret in there)
    for one in plan:
        if one.type in FUNCTIONS and (given := _secrets_given(one)) != asked.get(one.values["name"], set()):
            yield f"{one.address} is given {sorted(given)}"


def _secrets_given(function: Planned) -> set[str]:
    if function.type == "google_cloudfunctions2_function":
        found = function.values["service_config"][0].get("secret_environment_variables") or ()
        return {one["secret"] for one in found}
    (container,) = function.values["template"][0]["containers"]
    return {one["name"] for one in container["env"] if one.get("value_source")}


SEAL: Final = {
    "google_storage_bucket": "encryption",
    "google_pubsub_topic": "kms_key_name",
    "google_firestore_database": "cmek_config",
    "google_artifact_registry_repository": "kms_key_name",
}


def what_rests_is_sealed_with_our_keys(plan: Sequence[Planned], told: Mapping[str, Any]) -> Broken:
    for one in plan:
        if one.type in SEAL and not one.values.get(SEAL[one.type]):
            yield f"{one.address} is not sealed with a key of ours"
        if one.type == "google_storage_bucket" and not one.values["uniform_bucket_level_access"]:
            yield f"{one.address} has rights of its own for single files"


def lost_data_can_be_had_back(plan: Sequence[Planned], told: Mapping[str, Any]) -> Broken:
    (database,) = (one for one in plan if one.type == "google_firestore_database")
    if database.values["point_in_time_recovery_enablement"] != "POINT_IN_TIME_RECOVERY_ENABLED":
        yield "the database has no point-in-time recovery"
    if not any(one.type == "google_firestore_backup_schedule" for one in plan):
        yield "the database has no backups"


def what_is_critical_reaches_a_pager(plan: Sequence[Planned], told: Mapping[str, Any]) -> Broken:
    """In an environment that has one. The plan knows pagers by name, and mails only after the apply."""
    for one in plan:
        if one.type == "google_monitoring_alert_policy":
            pages = any(str(name).startswith("projects/") for name in one.values["notification_channels"])
            if pages != (one.values["severity"] == "CRITICAL"):
                yield f"{one.address} is {one.values['severity']} and {'wakes' if pages else 'does not wake'}"


PROMISES: Final[Sequence[Promise]] = (
    only_declared_functions_are_public,
    every_function_is_deployed_as_declared,
    inner_functions_have_one_caller,
    inner_functions_are_not_reached_from_outside,
    everything_is_in_the_eu,
    every_event_is_tried_again,
    every_subscription_has_a_dead_letter,
    every_trigger_is_wired,
    every_token_names_its_audience,
    secrets_are_read_only_by_who_asks_for_them,
    what_rests_is_sealed_with_our_keys,
    lost_data_can_be_had_back,
    what_is_critical_reaches_a_pager,
)
