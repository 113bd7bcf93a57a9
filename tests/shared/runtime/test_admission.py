"""Who is not let in is told why, as far as it is theirs to know."""

import json
from dataclasses import replace

import pytest

from functions.house_visits.cancel_visit import cancel_visit
from functions.house_visits.list_visits import list_visits
from functions.platform.status import status
from shared.kernel.actors import Actor, Role, system
from shared.runtime import entry
from shared.runtime.action import Declaration
from shared.runtime.auth import admit
from shared.runtime.incoming import Incoming
from shared.runtime.problem import Answer
from tests import doors
from tests.members import member_of
from tests.world import OPERATOR, World

CANCEL: Declaration = cancel_visit.declaration  # type: ignore[attr-defined]  # every action carries one
LIST: Declaration = list_visits.declaration  # type: ignore[attr-defined]
STATUS: Declaration = status.declaration  # type: ignore[attr-defined]
DOCTOR = Actor(role=Role.DOCTOR, tenant_id="vm", user_id="adam", record_id="d-1")


def asked(world: World, headers: dict[str, str]) -> Answer:
    return entry.answer_to(CANCEL, Incoming("POST", CANCEL.path, "", headers, b"{}"), world.wiring)


@pytest.mark.parametrize("header", ["", "Basic b3BlcmF0b3I6c2VjcmV0", "Bearer", "Bearer   ", "a-bare-token"])
def test_who_sends_no_token_is_told_how_it_is_sent(world: World, header: str) -> None:
    told = asked(world, {"Authorization": header} if header else {})
    assert (told.status, json.loads(told.body)["detail"]) == (
        401, "Send an Authorization header: Bearer and your ID token.",
    )  # fmt: skip


def test_whom_an_action_is_not_open_to_is_told_the_role_they_came_with(world: World) -> None:
    world.given(member_of(DOCTOR))
    told = entry.answer_to(CANCEL, doors.from_app(CANCEL, {"visit_id": "v"}, DOCTOR, "a-key"), world.wiring)
    assert (told.status, json.loads(told.body)["detail"]) == (403, "This is not open to the role 'doctor'.")


def test_only_where_an_action_asks_for_it_is_the_account_looked_at_again(world: World) -> None:
    world.identity.disabled.add(OPERATOR.user_id)
    assert world.answer(LIST, {}, OPERATOR).status == 200, "a token lives out its hour"
    assert world.answer(replace(LIST, asks_account=True), {}, OPERATOR).status == 401


def test_whom_nobody_knows_acts_as_anybody(world: World) -> None:
    assert admit(STATUS, Incoming("GET", STATUS.path, "", {}, b""), world.wiring) == system("vm", "anybody")
