"""When a schedule occurs, on both days when the clocks change too, and which schedules are declared."""

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from infra.local.declarations import DeclarationError, read_schedules
from infra.local.scheduler.job import Job
from tests.infra.scheduler_world import DECLARED, WARSAW, a_job
from tests.infra.tasks_world import NOON

SPRING_NIGHT = datetime(2026, 3, 28, 12, tzinfo=UTC)
AUTUMN_NIGHT = datetime(2026, 10, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize("cron", ["* * * * *", "0 8 * * MON-FRI", "0 0 1 * *", "30 2 * * *", "0 6 29 2 *"])
def test_the_last_of_the_missed_is_the_one_that_counting_finds(cron: str) -> None:
    job = a_job(cron)
    first = job.next_after(NOON)
    now = first + timedelta(hours=61)

    counted = [first]
    while (following := job.next_after(counted[-1])) <= now:
        counted.append(following)
    assert job.last_until(now, first) == counted[-1]


def test_the_spring_night_has_its_run_once_though_its_hour_is_missing() -> None:
    runs = occurrences("30 2 * * *", SPRING_NIGHT, 3)

    assert [local(one) for one in runs] == ["29 03:00", "30 02:30", "31 02:30"]


def test_the_autumn_night_has_its_run_once_though_its_hour_comes_twice() -> None:
    runs = occurrences("30 2 * * *", AUTUMN_NIGHT, 2)

    assert [local(one) for one in runs] == ["25 02:30", "26 02:30"]
    assert runs[0] == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_scheduler_that_starts_within_the_repeated_hour_does_not_go_back() -> None:
    second_half_past_two = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)

    assert a_job("30 2 * * *").next_after(second_half_past_two) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("night", [SPRING_NIGHT, AUTUMN_NIGHT])
@pytest.mark.parametrize(("cron", "step"), [("* * * * *", 1), ("*/15 * * * *", 15), ("0 * * * *", 60)])
def test_what_runs_all_the_time_keeps_its_pace_through_both_nights(
    night: datetime, cron: str, step: int
) -> None:
    runs = occurrences(cron, night, 30 * 60 // step)

    assert {after - before for before, after in pairwise(runs)} == {timedelta(minutes=step)}


def occurrences(cron: str, after: datetime, count: int) -> list[datetime]:
    job, found = a_job(cron), [after]
    for _ in range(count):
        found.append(job.next_after(found[-1]))
    return found[1:]


def local(instant: datetime) -> str:
    return instant.astimezone(ZoneInfo(WARSAW)).strftime("%d %H:%M")


def test_the_declared_schedules_are_read_and_the_rest_is_left(tmp_path: Path) -> None:
    file = tmp_path / "functions.json"
    file.write_text(json.dumps({"functions": DECLARED, "region": "europe-central2"}))
    name = "house_visits__sweep_cascades"

    assert read_schedules(file) == (Job(name, "* * * * *", WARSAW, f"/_schedules/{name}"),)
    assert read_schedules(tmp_path / "none.json") == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"cron": "every 5 minutes"},
        {"cron": "61 * * * *"},
        {"cron": "* * * * * *"},
        {"cron": "0 0 30 2 *"},
        {"time_zone": "Europe/Warszawa"},
        {"path": None},
    ],
)
def test_a_schedule_that_cannot_be_is_named_at_the_start(tmp_path: Path, fields: dict[str, object]) -> None:
    file = tmp_path / "functions.json"
    declared = {**DECLARED["house_visits__sweep_cascades"], **fields}
    file.write_text(json.dumps({"functions": {"sweep": declared}}))

    with pytest.raises(DeclarationError, match="sweep"):
        read_schedules(file)
