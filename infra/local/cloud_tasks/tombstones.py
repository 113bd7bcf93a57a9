"""The names of tasks that are gone but may not be used again yet."""

from collections.abc import Mapping
from datetime import datetime, timedelta

REMEMBERED = timedelta(hours=1)
"""What the v2 interface promises at least. Elsewhere up to 24 hours are named: never use a name again."""
TOMBSTONES_MAX = 100_000


class Tombstones:
    def __init__(self, until: Mapping[str, datetime] | None = None) -> None:
        self._until = dict(until or {})

    def add(self, name: str, now: datetime) -> None:
        self._until.pop(name, None)
        self._until[name] = now + REMEMBERED
        self._drop_oldest(now)

    def holds(self, name: str, now: datetime) -> bool:
        return name in self._until and now < self._until[name]

    def all(self) -> dict[str, datetime]:
        return dict(self._until)

    def _drop_oldest(self, now: datetime) -> None:
        """They stand in the order in which they were added, and so end."""
        while self._until:
            name, until = next(iter(self._until.items()))
            if now < until and len(self._until) <= TOMBSTONES_MAX:
                return
            del self._until[name]
