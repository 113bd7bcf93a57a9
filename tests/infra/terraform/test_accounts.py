"""Each account may do what its functions do: asked of the declarations, found in the plan."""

import json
from collections.abc import Mapping
from typing import Any, Final

import pytest

from infra.checks import terraform
from infra.checks.terraform import GENERATED, plans
from shared.runtime import catalog
from shared.runtime.action import Declaration

pytestmark = [
    pytest.mark.skipif(not terraform.is_here(), reason="terraform is not installed here"),
    pytest.mark.slow,
    pytest.mark.timeout(400),
]
TOLD: Mapping[str, Any] = json.loads(GENERATED.read_text())
SENDS: Final = {"roles/cloudtasks.enqueuer", "roles/pubsub.publisher"}
WRITES: Final = SENDS | {"roles/datastore.user"}
NAMES_THE_CALLER: Final = "names_the_caller"
"""Who adds a task says in whose name it will call."""


def _account(action: Declaration) -> str:
    return f"run-{TOLD['functions'][action.entry_point]['runs_as']}"


def _key(address: str) -> str:
    return address.split('"')[1]


def _may(run: str) -> dict[str, set[str]]:
    """By account: its roles in the project, and whether it may name who calls inner functions."""
    found: dict[str, set[str]] = {}
    for one in plans()[run]:
        _, _, place = one.address.partition("module.identities.")
        if place.startswith("google_project_iam_member.runner["):
            kind, role = _key(place).split(" ")
            found.setdefault(f"run-{kind}", set()).add(role)
        elif place.startswith(f"google_service_account_iam_member.{NAMES_THE_CALLER}["):
            found.setdefault(f"run-{_key(place)}", set()).add(NAMES_THE_CALLER)
    return found


@pytest.mark.parametrize("run", terraform.PLANNED)
def test_who_writes_may_write_and_send_the_letters_of_the_commit(run: str) -> None:
    may = _may(run)
    for action in catalog.all_actions():
        if not action.reads_only:
            assert may[_account(action)] >= WRITES | {NAMES_THE_CALLER}, action.entry_point


@pytest.mark.parametrize("run", terraform.PLANNED)
def test_what_everybody_may_read_runs_as_who_can_do_nothing_else(run: str) -> None:
    may = _may(run)
    readers = {
        _account(one) for one in catalog.all_actions() if one.trigger.kind == "public" and one.reads_only
    }
    assert readers
    for account in readers:
        assert "roles/datastore.viewer" in may[account]
        assert not may[account] & (WRITES | {NAMES_THE_CALLER})


@pytest.mark.parametrize("run", terraform.PLANNED)
def test_each_function_runs_as_the_account_of_its_kind(run: str) -> None:
    accounts = {}
    for one in plans()[run]:
        if one.type == "google_cloudfunctions2_function":
            accounts[one.values["name"]] = one.values["service_config"][0]["service_account_email"]
        if one.type == "google_cloud_run_v2_service":
            accounts[one.values["name"]] = one.values["template"][0]["service_account"]
    for action in catalog.all_actions():
        service = TOLD["functions"][action.entry_point]["service"]
        assert accounts[service].startswith(f"{_account(action)}@"), action.entry_point


def test_the_plan_that_pushes_lets_tasks_send_by_firebase_and_nobody_else() -> None:
    may = _may("image")
    assert {who for who, roles in may.items() if "roles/firebasecloudmessaging.admin" in roles} == {
        "run-task"
    }
    assert not any("roles/firebasecloudmessaging.admin" in roles for roles in _may("archive").values())


@pytest.mark.parametrize("run", terraform.PLANNED)
def test_who_scans_reaches_the_scanner_and_nobody_else_is_in_its_network(run: str) -> None:
    inside = set()
    for one in plans()[run]:
        if one.type == "google_cloudfunctions2_function":
            found = one.values["service_config"][0]["direct_vpc_network_interface"]
        elif one.type == "google_cloud_run_v2_service":
            found = one.values["template"][0]["vpc_access"]
        else:
            continue
        if found:
            inside.add(one.values["name"])
    asks = {one["service"] for one in TOLD["functions"].values() if one["scans"]}
    assert inside == asks
    assert "documents-check-document" in asks
