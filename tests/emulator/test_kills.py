"""A process that dies hard in the middle of a search or a talk costs nobody an answer."""

from collections.abc import Iterator

import pytest

from tests.emulator_world import is_possible
from tests.proof.kills import Executioner, Kill, Outcome
from tests.proof.mortal_world import mortal_cloud

pytestmark = pytest.mark.emulator

BY_TEXT, GIVEN_BACK = "the second says yes by text", "the winner gives it back"
CARRIED = "a talk is carried over and back"
KILLS = (
    Kill(BY_TEXT, "after a task was created", 1),
    Kill(BY_TEXT, "after a commit", 20),
    Kill(GIVEN_BACK, "after a text was sent", 1),
    Kill(GIVEN_BACK, "before a commit", 8),
    Kill(CARRIED, "after a room was opened", 1),
    Kill(CARRIED, "after a message was carried over", 3),
    Kill(
        CARRIED, "after a message was carried over", 7
    ),  # the last of the load: all are there, none is noted
    Kill(CARRIED, "after a room was read", 1),
    Kill(CARRIED, "after a room was archived", 1),
)


@pytest.fixture(scope="module")
def executioner() -> Iterator[Executioner]:
    if reason := is_possible():
        pytest.skip(reason)
    with mortal_cloud() as around:
        yield Executioner(around)


@pytest.mark.parametrize("kill", KILLS, ids=lambda kill: str(kill).replace(" ", "_"))
def test_what_was_promised_is_true_after_a_kill(executioner: Executioner, kill: Kill) -> None:
    outcome = executioner.outcome(kill)
    assert outcome.died, "its hour did not come"
    assert outcome.wrong == []


def test_a_kill_whose_hour_does_not_come_proves_nothing() -> None:
    alive = Outcome(Kill(BY_TEXT, "after a commit", 999), died=False, passed=(), wrong=[])
    assert alive.is_broken
    assert "its hour did not come" in str(alive)
