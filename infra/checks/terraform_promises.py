"""What holds of every environment, read in a plan. Each promise yields what breaks it, in words."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from infra.checks.terraform_calls import (
    every_event_is_tried_again,
    every_function_is_deployed_as_declared,
    every_subscription_has_a_dead_letter,
    every_token_names_its_audience,
    every_trigger_is_wired,
    inner_functions_are_not_reached_from_outside,
    inner_functions_have_one_caller,
    only_declared_functions_are_public,
)
from infra.checks.terraform_planned import FUNCTIONS, Broken, Planned, Promise

EU: Final = ("europe-", "eur3", "EU", "eu")
NOT_EU: Final = ("europe-west2", "europe-west6")
PLACES: Final = ("location", "region", "location_id")


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
