"""The calendars of countries: weekends, holidays by name, and a country that the library does not know."""

from datetime import date

import pytest

from shared.adapters.working_days import CountryCalendars

DAYS = CountryCalendars()


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 4, 6), "Poniedziałek Wielkanocny"),
        (date(2026, 6, 4), "Dzień Bożego Ciała"),
        (date(2026, 12, 24), "Wigilia Bożego Narodzenia"),
    ],
)
def test_polish_holidays_are_named_in_polish(day: date, name: str) -> None:
    assert not DAYS.is_working_day("PL", day)
    assert DAYS.holiday_name("PL", day) == name


def test_christmas_eve_was_a_working_day_in_poland_until_2025() -> None:
    assert DAYS.is_working_day("PL", date(2024, 12, 24))


def test_saturdays_and_sundays_are_free_and_have_no_name() -> None:
    for day in (date(2026, 11, 28), date(2026, 11, 29)):
        assert not DAYS.is_working_day("PL", day)
        assert DAYS.holiday_name("PL", day) == ""
    assert DAYS.is_working_day("PL", date(2026, 11, 27))


def test_another_country_has_its_own_days() -> None:
    german_unity = date(2026, 10, 3) if date(2026, 10, 3).weekday() < 5 else date(2028, 10, 3)
    assert not DAYS.is_working_day("DE", german_unity)
    assert DAYS.is_working_day("PL", german_unity)
    assert DAYS.holiday_name("DE", german_unity) == "German Unity Day"


def test_of_an_unknown_country_the_weekends_are_known() -> None:
    assert DAYS.is_working_day("XX", date(2026, 12, 25))
    assert not DAYS.is_working_day("XX", date(2026, 11, 28))
    assert DAYS.holiday_name("XX", date(2026, 12, 25)) == ""
