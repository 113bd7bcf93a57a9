"""The nets of the simulator, cast briefly; the long runs are commands (docs/testing.md)."""

from collections import Counter
from dataclasses import replace

import pytest

from tests.sim import crash_points, mutants, outage, random_run, running
from tests.sim.abridged import LINES_MAX, abridged
from tests.sim.faults import CLOCKS, DEPLOY, Calm, Fault, OnePoint
from tests.sim.fish import FISH
from tests.sim.machine import Machine
from tests.sim.people import phone_of
from tests.sim.running import scenario_named
from tests.sim.scenario import Scenario, stories
from tests.sim.shrink import smallest
from tests.sim.telling import tell, weather

pytestmark = pytest.mark.timeout(600)


def test_two_hundred_searches_in_bad_weather_break_no_promise() -> None:
    assert random_run.run(200, seed=1, copies=3, drop=0.1) == 0


def test_a_run_without_a_search_or_without_a_winner_has_shown_nothing() -> None:
    assert random_run.run(0, seed=1, copies=3, drop=0.1) == 1
    job = random_run.Job("a day of house visits", 1, 3, 0.1, is_watched=False)
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


def test_a_story_tells_every_fault_and_whoever_a_broken_promise_names() -> None:
    lines = [f"10:00:00.{one:03}  text to +48512000{one % 7:03} from us" for one in range(3000)]
    lines[1500] = "10:01:00.000  ! sweep (tick 1): documents.commit: dies after"
    kept = abridged(lines, ["d-3 was never told that K62 of 3c40875eab83dc431ef2 is filled"])
    texts = [one for one in kept if "text to" in one]
    assert lines[1500] in kept
    assert len(kept) <= LINES_MAX + 3
    assert (texts[0], texts[-1]) == (lines[3], lines[2999])
    assert all("+48512000003" in one for one in texts)


def test_a_story_can_be_told_without_a_call_a_deployment_and_clocks_that_differ() -> None:
    day = scenario_named("a day of house visits")
    seed = next(one for one in range(1, 9) if DEPLOY in tell(day, one, weather(one, 3, 0.1)).struck)
    told = tell(day, seed, weather(seed, 3, 0.1))
    calm = frozenset({CLOCKS, DEPLOY, *told.parts[1:]})
    alone = tell(day, seed, weather(seed, 3, 0.1, calm), is_told=True)
    assert CLOCKS in told.struck
    assert alone.parts == told.parts[:1]
    assert {CLOCKS, DEPLOY}.isdisjoint(alone.struck)
    assert not any("deployed anew" in line for line in alone.lines)


def test_what_nobody_in_a_story_foresaw_is_told_as_a_breach() -> None:
    def play(machine: Machine) -> None:
        machine.timeline.start(lambda: int("nobody"))

    told = tell(Scenario("a mistake", play, lambda _: []), 1, Calm())
    assert told.breaches[0].startswith("the story stopped: ValueError")
    assert "in test_sim.py:" in told.breaches[0]


def test_a_person_who_is_named_in_the_log_of_a_story_is_found() -> None:
    def play(machine: Machine) -> None:
        machine.timeline.start(lambda: print(f"texted {phone_of('d-7')}"))

    told = tell(Scenario("a leak", play, lambda _: []), 1, Calm(), is_watched=True)
    assert told.breaches == ("personal data in log: 512000007",)


def test_a_process_that_dies_after_its_commit_has_committed_and_says_nothing() -> None:
    story = next(one for one in stories() if one.name == "first_yes_wins")
    told = tell(story, 1, OnePoint(3, Fault.CRASH_AFTER), is_told=True)
    assert any("commit: dies after" in line for line in told.lines)
    assert any("request_visit" in line and "try 1: no answer" in line for line in told.lines)
    assert any("request_visit" in line and "try 2: 200" in line for line in told.lines)


def test_a_history_is_told_with_its_figures_and_fails_where_a_promise_is_broken(
    capsys: pytest.CaptureFixture[str],
) -> None:
    kept = next(one for one in stories() if one.name == "first_yes_wins")
    assert running.tell_story(kept, 1, 3, 0.1) == 0
    assert "try 1" in (told := capsys.readouterr().out)
    assert told.endswith("0 promises broken\n")
    assert running.tell_story(replace(kept, breaches=lambda seen: ["nobody came"]), 1, 3, 0.1) == 1
    assert "BROKEN  nobody came\n" in (told := capsys.readouterr().out)
    assert told.endswith("1 promises broken\n")


def test_a_calm_story_has_no_fault_and_no_breach() -> None:
    assert all(tell(one, 2, Calm()).breaches == () for one in stories()[:3])


def test_every_seeded_bug_still_fits_the_code() -> None:
    assert all((mutants.ROOT / one.file).read_text().count(one.old) == 1 for one in FISH)
