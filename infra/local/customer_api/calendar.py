"""Free intervals of a clinic, the same for the same seed, computed whenever somebody asks."""

from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from infra.local.customer_api.problem import Problem
from shared.contracts.customer_rows import ClinicRow, OpeningHours
from shared.kernel.times import UTC, local_instant

SLOT: Final = timedelta(minutes=30)
FREE_SHARE: Final = 0.6
DAYS_MAX: Final = 31
SLOTS_MAX: Final = 200
STAMP: Final = "%Y%m%dT%H%M"


class Interval(NamedTuple):
    id: str
    specialization: str
    starts_at: datetime
    ends_at: datetime

    def told(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "specialization": self.specialization,
            "starts_at": self.starts_at.isoformat(),
            "ends_at": self.ends_at.isoformat(),
        }


def free_intervals(
    seed: int, clinic: ClinicRow, specialization: str, begin: datetime, end: datetime
) -> list[Interval]:
    """Those that lie wholly between begin and end, in order; no more than DAYS_MAX days are looked at."""
    if specialization not in clinic.specializations or begin >= end:
        return []
    zone = ZoneInfo(clinic.time_zone)
    first, last = begin.astimezone(zone).date(), end.astimezone(zone).date()
    days = [first + timedelta(days=after) for after in range(min((last - first).days + 1, DAYS_MAX))]
    intervals = [one for day in days for one in _on_day(clinic, specialization, day)]
    inside = (one for one in intervals if begin <= one.starts_at and one.ends_at <= end)
    return [one for one in inside if _is_free(seed, one.id)][:SLOTS_MAX]


def interval_called(seed: int, clinic: ClinicRow, slot_id: str) -> Interval:
    """The free interval of that id. Raises Problem unknown_slot."""
    try:
        clinic_id, specialization, stamp = slot_id.rsplit("~", 2)
        start = datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
    except ValueError:
        raise Problem("unknown_slot") from None
    same = free_intervals(seed, clinic, specialization, start, start + SLOT) if clinic_id == clinic.id else []
    if not same:
        raise Problem("unknown_slot")
    return same[0]


def _on_day(clinic: ClinicRow, specialization: str, day: date) -> list[Interval]:
    told = [hours for hours in clinic.opening_hours if hours.weekday == day.weekday()]
    return [
        Interval(f"{clinic.id}~{specialization}~{start:{STAMP}}", specialization, start, start + SLOT)
        for hours in told
        for start in _starts(hours, day, clinic.time_zone)
    ]


def _starts(hours: OpeningHours, day: date, zone: str) -> list[datetime]:
    """Elapsed time between the two wall times: a day of 25 hours has two slots more."""
    opens = local_instant(day, hours.opens, zone)
    closing_day = day + timedelta(days=1) if hours.closes <= hours.opens else day
    closes = local_instant(closing_day, hours.closes, zone)
    return [opens + number * SLOT for number in range((closes - opens) // SLOT)]


def _is_free(seed: int, slot_id: str) -> bool:
    """The rest is taken by other people, always the same ones."""
    return sha256(f"{seed}/{slot_id}".encode()).digest()[0] < FREE_SHARE * 256
