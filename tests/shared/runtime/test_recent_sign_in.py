"""What asks for a recent sign-in: the ten minutes, the clocks that differ, and what people are told."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.house_visits.list_visits import list_visits
from shared.kernel.actors import Role
from shared.runtime.action import Declaration, Request, Response, action, schedule
from tests.world import OPERATOR, World

PLAIN: Declaration = list_visits.declaration  # type: ignore[attr-defined]  # every action carries one
STEP_UP = replace(PLAIN, recent_sign_in=True)


@pytest.mark.parametrize(
    ("seconds", "status"),
    [(0, 200), (600, 200), (630, 200), (631, 401), (86_400, 401), (-30, 200), (-31, 401)],
)
def test_it_is_ten_minutes_and_half_a_minute_for_clocks_that_differ(
    world: World, seconds: int, status: int
) -> None:
    world.signed_in_ago = timedelta(seconds=seconds)
    assert world.answer(STEP_UP, {}, OPERATOR).status == status


def test_what_does_not_ask_for_it_is_open_all_day(world: World) -> None:
    world.signed_in_ago = timedelta(hours=12)
    assert world.answer(PLAIN, {}, OPERATOR).status == 200


def test_it_says_what_to_do_to_the_person_and_to_the_app(world: World) -> None:
    world.signed_in_ago = timedelta(hours=1)
    answer = world.answer(STEP_UP, {}, OPERATOR)
    told = json.loads(answer.body)
    assert (told["code"], told["title"]) == (
        "sign-in-again",
        "This needs a fresh sign-in: sign in again, then repeat it within ten minutes.",
    )
    assert 'error="insufficient_user_authentication", max_age="600"' in answer.headers["WWW-Authenticate"]


def test_who_may_not_do_it_at_all_is_not_sent_to_sign_in(world: World) -> None:
    world.signed_in_ago = timedelta(hours=1)
    not_theirs = replace(STEP_UP, roles=frozenset({Role.DOCTOR}))
    assert world.answer(not_theirs, {}, OPERATOR).status == 403


def test_only_what_people_call_can_ask_for_it() -> None:
    def look_around(req: Request, ctx: object) -> Response:
        """Look around."""
        return Response()

    with pytest.raises(TypeError, match="only people sign in"):
        action(schedule("0 4 * * *"), recent_sign_in=True)(look_around)
