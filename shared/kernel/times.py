"""Time as people use it: local dates, windows and quiet hours. Instants are UTC everywhere else."""

from datetime import date, datetime, time, timedelta
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime, Field, WithJsonSchema, field_validator, model_validator

from shared.kernel.records import Value

UTC = ZoneInfo("UTC")
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""What lies outside is a slip of the pen, and near the ends of the calendar there is no other zone."""


def _of_our_time(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"must lie between {FIRST_YEAR} and {LAST_YEAR}")
    return day


def _in_utc(at: datetime) -> datetime:
    _of_our_time(at)
    return at.astimezone(UTC)


Day = Annotated[date, AfterValidator(_of_our_time)]
Instant = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""As people send it, with any offset; afterwards in UTC."""


def _of_no_zone(clock: time) -> time:
    if clock.tzinfo is not None:
        raise ValueError("must be a local time such as 14:00, without an offset")
    return clock


WallTime = Annotated[
    time,
    AfterValidator(_of_no_zone),
    WithJsonSchema(
        {
            "type": "string",
            "format": "time-local",
            "pattern": r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?$",
        }
    ),
]
"""What a clock on the wall shows. JSON schema's own `time` has an offset."""


def local_instant(day: date, clock: time, zone: str) -> datetime:
    """The instant of a wall time, in UTC.

    Of an hour that exists twice (autumn) the first one is meant; an hour that does not exist
    (spring) is moved forward by the gap, as people and calendars do.
    """
    tz = ZoneInfo(zone)
    wall = datetime.combine(day, clock, tzinfo=tz)
    return wall.astimezone(UTC)


def day_in(zone: str, instant: datetime) -> date:
    """The day that a calendar on the wall shows there at that instant."""
    return instant.astimezone(ZoneInfo(zone)).date()


class Zoned(Value):
    """A value whose wall times are those of a zone; by default that of Warsaw."""

    zone: str = "Europe/Warsaw"

    @field_validator("zone")
    @classmethod
    def _zone_exists(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError) as unknown:
            raise ValueError("must be an IANA time zone such as Europe/Warsaw") from unknown
        return zone


class PreferredWindow(Zoned):
    """When the patient would like the visit: a local date, from and to, and the zone they are in."""

    day: Day
    begins: WallTime
    ends: WallTime

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.starts_at >= self.ends_at:
            raise ValueError("the window must begin before it ends, on one day")
        return self

    @property
    def starts_at(self) -> datetime:
        return local_instant(self.day, self.begins, self.zone)

    @property
    def ends_at(self) -> datetime:
        return local_instant(self.day, self.ends, self.zone)


class QuietHours(Zoned):
    """Wall-clock ban on texts, from `begins` to `ends`, usually over midnight."""

    begins: WallTime = time(21, 0)
    ends: WallTime = time(7, 0)

    def holds(self, instant: datetime) -> bool:
        wall = instant.astimezone(ZoneInfo(self.zone)).time()
        if self.begins <= self.ends:
            return self.begins <= wall < self.ends
        return wall >= self.begins or wall < self.ends

    def next_allowed(self, instant: datetime) -> datetime:
        """The same instant, or the end of the quiet hours it falls into."""
        if not self.holds(instant):
            return instant
        wall = instant.astimezone(ZoneInfo(self.zone))
        day = wall.date() if wall.time() < self.ends else wall.date() + timedelta(days=1)
        return local_instant(day, self.ends, self.zone)


class Span(Value):
    """A stretch of time between two instants, the end not included."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Span", *, buffer: timedelta = timedelta(0)) -> bool:
        return self.starts_at < other.ends_at + buffer and other.starts_at < self.ends_at + buffer


Minutes = Field(ge=0, le=24 * 60)
