"""Weekends and public holidays of many countries, from the library `holidays`."""

from datetime import date
from functools import cache
from typing import Final

import holidays

from shared.adapters.fewer_imports import postpone

LANGUAGES: Final = {"PL": "pl"}
ENGLISH: Final = "en_US"
SATURDAY: Final = 5


class CountryCalendars:
    def is_working_day(self, country: str, day: date) -> bool:
        calendar = _calendar(country)
        return day.weekday() < SATURDAY if calendar is None else calendar.is_working_day(day)

    def holiday_name(self, country: str, day: date) -> str:
        calendar = _calendar(country)
        return "" if calendar is None else calendar.get(day, "")


@cache
def _calendar(country: str) -> holidays.HolidayBase | None:
    """Fills itself year by year as it is asked."""
    postpone("holidays.countries")  # all two hundred; the library finds the one by its place
    try:
        return holidays.country_holidays(country, language=LANGUAGES.get(country, ENGLISH))
    except NotImplementedError:
        return None
