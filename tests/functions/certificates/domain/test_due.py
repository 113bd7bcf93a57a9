"""When a certificate is due: a day on the case's own clock, moved off days on which nobody works."""

from datetime import UTC, date, datetime

import pytest

from functions.certificates.domain.due import DueInThePast, DueTooFar, due_day
from shared.adapters.working_days import CountryCalendars

DAYS = CountryCalendars()
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked", "kept", "why"),
    [
        (date(2026, 11, 27), date(2026, 11, 27), ""),
        (date(2026, 11, 28), date(2026, 11, 30), "weekend"),
        (date(2026, 12, 24), date(2026, 12, 28), "Wigilia Bożego Narodzenia"),  # eve, two holidays, Sunday
        (date(2027, 5, 1), date(2027, 5, 4), "Święto Państwowe"),  # a Saturday; Sunday; the 3rd is a holiday
    ],
)
def test_a_free_day_is_moved_to_the_next_on_which_people_work(asked: date, kept: date, why: str) -> None:
    due = due_day(asked, "PL", "Europe/Warsaw", DAYS, NOW)
    assert (due.kept, due.why) == (kept, why)


@pytest.mark.parametrize(
    ("zone", "today"),
    [("Europe/Warsaw", date(2026, 11, 25)), ("Atlantic/Azores", date(2026, 11, 24))],
)
def test_whether_a_day_is_over_is_asked_of_the_clock_where_the_case_belongs(zone: str, today: date) -> None:
    """Half past eleven in the evening, in UTC."""
    late = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    assert due_day(today, "PL", zone, DAYS, late).kept == today
    with pytest.raises(DueInThePast):
        due_day(date(today.year, today.month, today.day - 1), "PL", zone, DAYS, late)


def test_a_year_ahead_is_the_farthest() -> None:
    assert due_day(date(2027, 11, 25), "PL", "Europe/Warsaw", DAYS, NOW).kept == date(2027, 11, 25)
    with pytest.raises(DueTooFar):
        due_day(date(2027, 11, 26), "PL", "Europe/Warsaw", DAYS, NOW)
