"""Everybody gets what docs/authorization.md says, and nobody anything else."""

from dataclasses import replace

import pytest

from shared.runtime import catalog
from shared.runtime.action import Declaration
from tests.authorization import kinds
from tests.authorization.callers import Expects
from tests.authorization.google import Google
from tests.authorization.matrix import Matrix, cases
from tests.authorization.parties import Party
from tests.authorization.stand import NotDescribed, Stand, asks_of

ACTIONS = catalog.all_actions()


@pytest.mark.parametrize("action", ACTIONS, ids=lambda one: one.entry_point)
def test_everybody_gets_what_they_are_owed(action: Declaration, matrix: Matrix) -> None:
    wrong = [found for case in cases(action) if (found := matrix.wrong(case))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda one: one.entry_point)
def test_every_action_is_described_to_the_matrix(action: Declaration) -> None:
    assert asks_of(action)


def test_every_kind_of_record_has_an_example() -> None:
    lacking = kinds.not_described()
    assert not lacking, "\n".join(lacking)


def test_no_record_is_seen_from_another_tenant(stand: Stand) -> None:
    seen = [name for name, is_seen in kinds.sights(stand) if is_seen]
    assert not seen


def test_what_is_not_described_is_said_with_what_to_add() -> None:
    unknown = ACTIONS[0]
    lacking = rf"subjects/{unknown.module}\.py says nothing of not_there: add to ASKS"
    with pytest.raises(NotDescribed, match=lacking):
        asks_of(_renamed(unknown, unknown.module, "not_there"))
    with pytest.raises(NotDescribed, match=r"the module pharmacies is new to the matrix: add"):
        asks_of(_renamed(unknown, "pharmacies", "order_medicine"))


def test_parties_are_told_apart_by_their_names() -> None:
    marks = [one.mark for one in (Party("own"), Party("other"), Party("foreign"), Party("missing"))]
    assert not any(one in other for one in marks for other in marks if one != other)


def test_admins_are_asked_about_and_nobody_else(played: Google, matrix: Matrix) -> None:
    """Each call of an admin costs a question to Google; the others do not wait for it."""
    before = len(played.asked)
    admins = [one for one in cases(catalog.find("patients__read_patient")) if one.caller.name == "admin"]
    operators = [
        one for one in cases(catalog.find("patients__read_patient")) if one.caller.name == "operator"
    ]
    assert not [found for one in operators if (found := matrix.wrong(one))]
    assert len(played.asked) == before
    assert not [found for one in admins if (found := matrix.wrong(one))]
    assert set(played.asked[before:]) == {"/v1/projects/visita-invented/tenants/idp-vm/accounts:lookup"}


@pytest.mark.parametrize("name", ["referrals__start_export", "referrals__read_export", "chat__export_thread"])
def test_nobody_whose_account_is_not_good_any_more_takes_data_out_in_bulk(name: str, matrix: Matrix) -> None:
    gone = [one for one in cases(catalog.find(name)) if one.caller.name.startswith("operator, ")]
    asked = [one for one in gone if one.caller.name.endswith(("disabled", "revoked", "deleted"))]
    assert {one.caller.expects for one in asked} == {Expects.NOT_ADMITTED}
    assert not [found for one in asked if (found := matrix.wrong(one))]


def _renamed(action: Declaration, module: str, name: str) -> Declaration:
    return replace(action, module=module, name=name)
