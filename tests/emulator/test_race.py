"""Everybody says yes at once: one wins, and nobody is answered with an error."""

import pytest

from tests.bench.measured_world import MeasuredWorld
from tests.bench.race import BY_TEXT, DECIDED_BY_TEXT_MAX, DECIDED_IN_THE_APP_MAX, DOCTORS, race

pytestmark = pytest.mark.emulator


def test_of_fifty_yeses_at_once_one_wins(measured_world: MeasuredWorld) -> None:
    replies, winners = race(measured_world, 0)
    assert winners == 1
    assert len(replies) == DOCTORS
    assert {one.status for one in replies if one.by_text} == {200}
    assert {one.status for one in replies if not one.by_text} <= {200, 409}


def test_a_yes_knows_its_fate_after_its_reads_and_one_try(measured_world: MeasuredWorld) -> None:
    replies, _ = race(measured_world, 0)
    assert max(one.decided_after for one in replies if one.by_text) <= DECIDED_BY_TEXT_MAX
    assert max(one.decided_after for one in replies if not one.by_text) <= DECIDED_IN_THE_APP_MAX
    assert sum(one.by_text for one in replies) == BY_TEXT
