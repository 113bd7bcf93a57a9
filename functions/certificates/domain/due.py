"""When a certificate is due: a day on the calendar of the case, which ends at its midnight.

A day on which nobody works is moved to the next one on which people do, as the Polish civil code does with
terms (article 115). Whoever needs the certificate on a free day all the same says so.
"""

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from shared.contracts.ports import WorkingDays
from shared.kernel.errors import FieldError, Invalid
from shared.kernel.records import Value

DAYS_AHEAD_MAX: Final = 366
FREE_DAYS_MAX: Final = 30
"""In a row: more than any country has."""
WEEKEND: Final = "weekend"


class DueInThePast(Invalid):
    """The due date has passed: choose today or a later day."""


class DueTooFar(Invalid):
    """The due date is too far ahead: choose one within a year."""


class DueDay(Value):
    """The day that was asked for and the one that is kept; `why` names the free day, "" where they agree."""

    asked: date
    kept: date
    why: str = ""


def due_day(
    asked: date, country: str, zone: str, calendar: WorkingDays, now: datetime, *, on_free_day: bool = False
) -> DueDay:
    """Raises Invalid for a day that is over where the case belongs, or absurdly far ahead."""
    today = now.astimezone(ZoneInfo(zone)).date()
    if asked < today:
        raise DueInThePast(errors=[FieldError("/due_on", f"must not be before {today}")])
    if (asked - today).days > DAYS_AHEAD_MAX:
        raise DueTooFar(errors=[FieldError("/due_on", f"at most {DAYS_AHEAD_MAX} days ahead")])
    if on_free_day or calendar.is_working_day(country, asked):
        return DueDay(asked=asked, kept=asked)
    why = calendar.holiday_name(country, asked) or WEEKEND
    return DueDay(asked=asked, kept=_next_working_day(asked, country, calendar), why=why)


def _next_working_day(day: date, country: str, calendar: WorkingDays) -> date:
    later = (day + timedelta(days=number) for number in range(1, FREE_DAYS_MAX + 1))
    return next(one for one in later if calendar.is_working_day(country, one))
