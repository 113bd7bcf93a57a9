"""When somebody comes, as a patient reads it: on their own clock, with the day in words."""

from collections.abc import Mapping
from typing import Final
from zoneinfo import ZoneInfo

from functions.house_visits.domain.visit import Visit
from shared.kernel.plurals import Speech
from shared.kernel.times import PreferredWindow

_DAYS: Final[Mapping[Speech, tuple[str, ...]]] = {
    "pl": ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS: Final[Mapping[Speech, tuple[str, ...]]] = {
    "pl": (
        "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca",
        "lipca", "sierpnia", "września", "października", "listopada", "grudnia",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip


def agreed(visit: Visit) -> PreferredWindow:
    """When somebody comes, on the patient's clock: the booked time where there is one, else the window."""
    if visit.winner is None or visit.winner.starts_at is None or visit.winner.ends_at is None:
        return visit.window
    zone = ZoneInfo(visit.window.zone)
    begins, ends = visit.winner.starts_at.astimezone(zone), visit.winner.ends_at.astimezone(zone)
    return visit.window.but(day=begins.date(), begins=begins.time(), ends=ends.time())


def long_when(window: PreferredWindow, speech: Speech) -> str:
    """`wtorek, 24 listopada 2026, 14:00-18:00` on the patient's clock."""
    day = window.day
    named = f"{_DAYS[speech][day.weekday()]}, {day.day} {_MONTHS[speech][day.month - 1]} {day.year}"
    return f"{named}, {window.begins:%H:%M}–{window.ends:%H:%M}"
