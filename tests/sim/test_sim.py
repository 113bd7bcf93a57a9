"""The nets of the simulator, cast briefly; the long runs are commands (docs/testing.md)."""

from collections import Counter

import pytest

from tests.sim import crash_points, mutants, outage, random_run
from tests.sim.faults import Calm, Fault, OnePoint
from tests.sim.fish import FISH
from tests.sim.running import scenario_named
from tests.sim.scenario import stories
from tests.sim.shrink import smallest
from tests.sim.telling import tell, weather

pytestmark = pytest.mark.timeout(600)


def test_two_hundred_searches_in_bad_weather_break_no_promise() -> None:
    assert random_run.run(200, seed=1, copies=3, drop=0.1) == 0


def test_a_run_without_a_search_or_without_a_winner_has_shown_nothing() -> None:
    assert random_run.run(0, seed=1, copies=3, drop=0.1) == 1
    job = random_run.Job("a day of house visits", 1, 3, 0.1)
    told = random_run.Told(job, Counter(outside=40), 0, 0, 0, ())
    said = list(random_run.missing([told], 41))
    assert "a day of house visits: 40 of 41" in said
    assert "a day of house visits: not one ended booked" in said


def test_a_sample_of_crash_points_breaks_no_promise() -> None:
    assert crash_points.run("all", every=83) == 0


def test_hours_without_a_service_leave_nothing_behind() -> None:
    assert outage.run(1) == 0


def test_there_are_twelve_reference_stories_and_more() -> None:
    assert len(stories()) >= 12


def test_a_seed_tells_the_same_story_again() -> None:
    day = scenario_named("a day of house visits")
    once, again = (tell(day, 5, weather(5, 3, 0.1), is_told=True) for _ in range(2))
    assert once.lines == again.lines
    assert len(once.struck) > 100


def test_a_fault_that_is_taken_out_leaves_the_others() -> None:
    day = scenario_named("a day of house visits")
    struck = tell(day, 6, weather(6, 3, 0.1)).struck
    fewer = tell(day, 6, weather(6, 3, 0.1, frozenset(struck[:1]))).struck
    assert struck[0] not in fewer
    assert len(set(struck) & set(fewer)) > len(struck) / 2


def test_the_smallest_story_keeps_what_it_fails_by() -> None:
    faults = [f"fault {number}" for number in range(100)]
    needed = smallest(faults, lambda without: not {"fault 17", "fault 60"} & without)
    assert needed == {"fault 17", "fault 60"}


def test_a_process_that_dies_after_its_commit_has_committed_and_says_nothing() -> None:
    story = next(one for one in stories() if one.name == "first_yes_wins")
    told = tell(story, 1, OnePoint(3, Fault.CRASH_AFTER), is_told=True)
    assert any("commit: dies after" in line for line in told.lines)
    assert any("request_visit" in line and "try 1: no answer" in line for line in told.lines)
    assert any("request_visit" in line and "try 2: 200" in line for line in told.lines)


def test_a_calm_story_has_no_fault_and_no_breach() -> None:
    assert all(tell(one, 2, Calm()).breaches == () for one in stories()[:3])


def test_every_seeded_bug_still_fits_the_code() -> None:
    assert all((mutants.ROOT / one.file).read_text().count(one.old) == 1 for one in FISH)
