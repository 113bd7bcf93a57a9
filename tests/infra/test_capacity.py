"""The capacity model: measured where it says so, complete, and honest about what gets tight."""

import xml.etree.ElementTree as ElementTree

import pytest

from infra.capacity import __main__ as command
from infra.capacity.facts import HERE, Rate, declared, given, measured, prices
from infra.capacity.limits import limits
from infra.capacity.model import ticks
from infra.capacity.money import month
from infra.capacity.page import SIZES, page
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


def test_each_queue_that_a_story_uses_has_a_limit_of_its_own() -> None:
    """Papers may run at five a second, and so many patients have more printed."""
    by_name = {one.name: one for one in limits(month(4_000_000))}
    assert by_name["tasks of the queue papers"].share > 3
    assert by_name["tasks of the queue documents"].share > 1
    assert by_name["tasks of the queue cascade"].share < 1


def test_a_queue_is_no_faster_than_what_it_may_have_under_way() -> None:
    assert Rate(10, 20).most(1) == 10
    assert Rate(10, 20).most(4) == 5


def test_a_year_of_numbers_is_the_longest_series_and_each_number_is_one_write_to_one_document() -> None:
    large = month(400_000)
    by_name = {one.name: one for one in limits(large)}
    assert by_name["numbers of one issuer in a year"].used == 12 * 200_000
    written = by_name["writes to one document: the numbers of certificates"].used
    assert written == pytest.approx(200_000 * 10 / (30 * 24 * 3600))


def test_the_page_names_what_must_be_programmed_and_what_is_a_setting() -> None:
    lines = page().splitlines()
    (small,) = (line for line in lines if line.startswith("- **40,000 patients**"))
    (large,) = (line for line in lines if line.startswith("- **4,000,000 patients**"))
    assert "nothing has to be changed" in small
    settings, code = large.split("to be programmed before")
    assert "tasks of the queue papers (309%)" in settings
    assert "the numbers of certificates (772%)" in code


def test_replies_mails_and_audit_logs_are_paid_for() -> None:
    costs = month(40_000).costs
    segments = month(40_000).totals["segments"] * prices()["text_segment"] * prices()["eur_per_usd"]
    assert costs["texts"] > segments + 2 * 40_000 * prices()["text_in"] * prices()["eur_per_usd"]
    assert costs["mails"] > 0
    assert month(40_000).totals["audit_gib"] > month(40_000).totals["log_gib"]


def test_every_price_and_every_assumption_is_used() -> None:
    source = "".join(file.read_text() for file in HERE.glob("*.py"))
    names = {*prices(), *(name for name in given() if not name.endswith("_about"))}
    assert sorted(name for name in names if f'["{name}"]' not in source) == []


def test_the_command_fails_where_a_limit_is_passed(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--patients", "40000"]) == 0
    assert "first limit: texts through our numbers" in capsys.readouterr().out.splitlines()[-1]
    assert command.main(["--patients", "4000000"]) == 1


def test_the_plot_is_a_picture_with_a_line_for_all_that_is_paid() -> None:
    picture = ElementTree.fromstring(plot([month(size) for size in SIZES]))
    lines = picture.findall("{http://www.w3.org/2000/svg}polyline")
    assert len(lines) == len(month(1).costs)
