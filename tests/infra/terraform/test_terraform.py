"""What Terraform would make, planned without a cloud, and what its check catches."""

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from infra.checks import terraform
from infra.checks.terraform import FOLDER, GENERATED, Resource, TerraformSays, plans
from infra.checks.terraform_planned import Promise
from infra.checks.terraform_promises import PROMISES
from shared.runtime import catalog

pytestmark = [
    pytest.mark.skipif(not terraform.is_here(), reason="terraform is not installed here"),
    pytest.mark.slow,
    pytest.mark.timeout(400),
]
RUNS = terraform.PLANNED
TOLD: Mapping[str, Any] = json.loads(GENERATED.read_text())
BY_NAME = {one.__name__: one for one in PROMISES}


@pytest.mark.parametrize("promise", PROMISES, ids=[one.__name__ for one in PROMISES])
@pytest.mark.parametrize("run", RUNS)
def test_the_plan_keeps_what_we_promise(run: str, promise: Promise) -> None:
    assert list(promise(plans()[run], TOLD)) == []


@pytest.mark.parametrize("run", RUNS)
def test_everybody_may_reach_just_what_is_declared_public(run: str) -> None:
    """Asked of the declarations themselves, not of what was rendered from them."""
    declared = {
        one.entry_point for one in catalog.all_actions() if one.trigger.kind in ("http", "public", "webhook")
    }
    by_service = {one["service"]: name for name, one in TOLD["functions"].items()}
    opened = {
        by_service[one.values["service"]] for one in plans()[run] if one.values.get("member") == "allUsers"
    }
    assert opened == declared


def _changed(type_: str, field: str, value: object) -> tuple[Resource, ...]:
    """The plan with one field of the first resource of its type said otherwise."""
    plan = list(plans()["archive"])
    at = next(
        number
        for number, one in enumerate(plan)
        if one.type == type_
        and (field != "retry_policy" or one.values["push_config"])
        and one.values.get("member") != "allUsers"
    )
    plan[at] = replace(plan[at], values={**plan[at].values, field: value})
    return tuple(plan)


@pytest.mark.parametrize(
    ("promise", "type_", "field", "value"),
    [
        ("only_declared_functions_are_public", "google_cloud_run_service_iam_member", "member", "allUsers"),
        ("only_declared_functions_are_public", "google_storage_bucket_iam_member", "member", "allUsers"),
        ("every_function_is_deployed_as_declared", "google_cloudfunctions2_function", "name", "another"),
        (
            "inner_functions_have_one_caller",
            "google_cloud_run_service_iam_member",
            "member",
            "serviceAccount:who@p",
        ),
        ("everything_is_in_the_eu", "google_storage_bucket", "location", "US"),
        ("everything_is_in_the_eu", "google_cloudfunctions2_function", "location", "europe-west2"),
        ("every_event_is_tried_again", "google_pubsub_subscription", "retry_policy", []),
        ("every_event_is_tried_again", "google_cloud_tasks_queue", "retry_config", []),
        ("every_event_is_tried_again", "google_cloud_scheduler_job", "retry_config", []),
        ("every_trigger_is_wired", "google_cloud_scheduler_job", "name", "another"),
        ("every_trigger_is_wired", "google_cloud_tasks_queue", "name", "another"),
        (
            "secrets_are_read_only_by_who_asks_for_them",
            "google_secret_manager_secret_iam_member",
            "member",
            "serviceAccount:run-nobody@p",
        ),
        (
            "secrets_are_read_only_by_who_asks_for_them",
            "google_cloudfunctions2_function",
            "service_config",
            [{}],
        ),
        ("what_is_critical_reaches_a_pager", "google_monitoring_alert_policy", "severity", "other"),
        ("what_rests_is_sealed_with_our_keys", "google_storage_bucket", "encryption", []),
        ("lost_data_can_be_had_back", "google_firestore_database", "point_in_time_recovery_enablement", ""),
    ],
)
def test_a_plan_that_breaks_a_promise_is_caught(promise: str, type_: str, field: str, value: object) -> None:
    assert list(BY_NAME[promise](_changed(type_, field, value), TOLD))


def test_a_subscription_without_dead_letter_is_caught() -> None:
    plan = [
        replace(one, values={**one.values, "dead_letter_policy": []})
        if one.type == "google_pubsub_subscription"
        else one
        for one in plans()["archive"]
    ]
    broken = list(BY_NAME["every_subscription_has_a_dead_letter"](plan, TOLD))
    assert len(broken) == sum(one["trigger"] == "topic" for one in TOLD["functions"].values())


@pytest.mark.parametrize(
    ("right", "wrong", "complaint"),
    [
        ("max_doublings      = 8", "max_doubling      = 8", 'Did you mean "max_doublings"'),
        ("max_doublings      = 8", 'max_doublings = "many"', "a number is required"),
        ("  location = var.region\n", "", '"location" is required'),
        ("google_cloud_tasks_queue", "google_cloud_task_queue", "Invalid resource type"),
    ],
)
def test_what_the_provider_does_not_know_is_refused(
    tmp_path: Path, right: str, wrong: str, complaint: str
) -> None:
    module = shutil.copytree(FOLDER / "modules" / "queues", tmp_path / "queues")
    source = (module / "main.tf").read_text()
    assert right in source
    (module / "main.tf").write_text(source.replace(right, wrong))
    with pytest.raises(TerraformSays) as said:
        terraform.validate(module)
    assert complaint in " ".join(re.sub("[│╷╵]", " ", str(said.value)).split())


def test_a_module_alone_is_valid(tmp_path: Path) -> None:
    terraform.validate(shutil.copytree(FOLDER / "modules" / "queues", tmp_path / "queues"))
