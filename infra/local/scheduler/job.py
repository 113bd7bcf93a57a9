"""One declared schedule, and when it occurs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import dropwhile, takewhile
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

LOOK_BACK_HOURS = (0.05, 1, 12, 48, 100, 300, 1_500, 10_000)


class BadCronError(Exception):
    """Not a schedule that Cloud Scheduler would take, or one that never occurs."""


@dataclass(frozen=True)
class Job:
    name: str
    cron: str
    time_zone: str
    path: str

    def __post_init__(self) -> None:
        """Raises BadCronError: a schedule that cannot be read must not wait for its first night."""
        try:
            ZoneInfo(self.time_zone)
        except (KeyError, ValueError, OSError) as unknown:
            raise BadCronError(f"{self.name}: no such time zone: {self.time_zone}") from unknown
        if len(self.cron.split()) != 5:
            raise BadCronError(f"{self.name}: {self.cron!r} must have five fields")
        self.next_after(datetime.now(UTC))

    def next_after(self, instant: datetime) -> datetime:
        """The first occurrence later than the instant, in UTC."""
        for occurrence in self._after(instant):
            return occurrence
        raise BadCronError(f"{self.name}: {self.cron!r} never occurs")

    def last_until(self, now: datetime, first: datetime) -> datetime:
        """The latest occurrence up to now; `first` is one of them.

        Looks back in growing steps: a minute's job must not be asked for each minute of a month.
        """
        for hours in LOOK_BACK_HOURS:
            since = max(now - timedelta(hours=hours), first - timedelta(seconds=1))
            found = list(takewhile(lambda one: one <= now, self._after(since)))
            if found:
                return found[-1]
        return first

    def _after(self, instant: datetime) -> Iterator[datetime]:
        try:
            every = CronSim(self.cron, instant.astimezone(ZoneInfo(self.time_zone)))
        except CronSimError as unknown:
            raise BadCronError(f"{self.name}: {self.cron!r}: {unknown}") from unknown
        # In the hour that comes twice cronsim begins with the first one, so earlier than asked for.
        return dropwhile(lambda one: one <= instant, (local.astimezone(UTC) for local in every))
