"""The capacity model: measured where it says so, complete, and honest about what gets tight."""

import xml.etree.ElementTree as ElementTree

import pytest

from infra.capacity import __main__ as command
from infra.capacity.limits import limits
from infra.capacity.model import declared, measured, month, ticks
from infra.capacity.page import SIZES
from infra.capacity.plot import plot
from tests.bench.story_counts import STORIES, all_counts


def test_what_is_multiplied_is_what_the_stories_ask_today() -> None:
    """When a count changes on purpose: python -m tests.bench.story_counts --write."""
    assert all_counts() == measured()


def test_every_action_of_a_story_is_declared() -> None:
    assert {action for one in measured().values() for action in one} <= set(declared()["functions"])
    assert set(measured()) == set(STORIES)


def test_ten_times_the_patients_ask_for_ten_times_as_much_but_for_the_timetables() -> None:
    small, large = month(40_000), month(400_000)
    assert large.totals["writes"] == 10 * small.totals["writes"]
    assert 8 < large.totals["calls"] / small.totals["calls"] < 10
    assert small.euros < large.euros < 10 * small.euros


def test_without_patients_the_timetables_still_run() -> None:
    empty = month(1)
    sweeps = empty.actions["platform__sweep_outbox"]
    assert sweeps.calls == ticks("* * * * *") == 43_200


@pytest.mark.parametrize(
    ("cron", "times"), [("* * * * *", 43_200), ("*/5 * * * *", 8_640), ("40 3 * * *", 30)]
)
def test_a_timetable_is_counted_by_the_month(cron: str, times: int) -> None:
    assert ticks(cron) == times


def test_the_tightest_limit_comes_first_and_each_names_its_knob() -> None:
    found = limits(month(4_000_000))
    shares = [one.share for one in found]
    assert shares == sorted(shares, reverse=True)
    assert all(one.knob for one in found)
    assert found[0].name == "texts through our numbers"


def test_the_command_fails_where_a_limit_is_passed(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--patients", "40000"]) == 0
    assert "first limit: texts through our numbers" in capsys.readouterr().out.splitlines()[-1]
    assert command.main(["--patients", "4000000"]) == 1


def test_the_plot_is_a_picture_with_a_line_for_all_that_is_paid() -> None:
    picture = ElementTree.fromstring(plot([month(size) for size in SIZES]))
    lines = picture.findall("{http://www.w3.org/2000/svg}polyline")
    assert len(lines) == len(month(1).costs)
