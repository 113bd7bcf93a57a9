"""What will happen by itself and when, by the movable clock; done by a few threads when it is due.

Things of one lane (a message, a phone) happen one after another; lanes do not wait for each other.
"""

import logging
import threading
import time
from bisect import insort
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

ENTRIES_MAX = 200_000
AT_ONCE_MAX = 16
LOOK_AGAIN_SECONDS = 0.05
"""The clock may be moved by any process, and a file wakes nobody up."""

_log = logging.getLogger(__name__)


@dataclass(order=True, frozen=True)
class _Entry:
    due: datetime
    number: int  # the order in which they were written, for those due at the same instant
    lane: str = field(compare=False)
    do: Callable[[], None] = field(compare=False)


class AgendaFull(Exception):
    """More is scheduled than anything real would need."""


class Agenda:
    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._changed = threading.Condition()
        self._entries: list[_Entry] = []
        self._written = 0
        self._lanes_at_work: set[str] = set()
        self._outside_work = 0
        self._stopped = False
        self._workers = ThreadPoolExecutor(AT_ONCE_MAX, thread_name_prefix="agenda")

    def start(self) -> None:
        threading.Thread(target=self._work, name="agenda", daemon=True).start()

    def stop(self) -> None:
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        self._workers.shutdown(wait=False, cancel_futures=True)

    def at(self, due: datetime, lane: str, do: Callable[[], None]) -> None:
        """Raises AgendaFull."""
        with self._changed:
            if len(self._entries) >= ENTRIES_MAX:
                raise AgendaFull
            self._written += 1
            insort(self._entries, _Entry(due, self._written, lane, do))
            self._changed.notify_all()

    def forget(self, lane: str) -> None:
        with self._changed:
            self._entries = [entry for entry in self._entries if entry.lane != lane]
            self._changed.notify_all()

    def clear(self) -> None:
        """What is being done is finished; nothing else will be."""
        with self._changed:
            self._entries.clear()
            self._changed.notify_all()

    def next_due(self) -> datetime | None:
        with self._changed:
            return self._entries[0].due if self._entries else None

    def drain(self, seconds: float) -> bool:
        """Waits until all that is due by the clock is done; False when that took longer."""
        end = time.monotonic() + seconds
        with self._changed:
            self._changed.notify_all()
            while not self._is_quiet():
                left = end - time.monotonic()
                if left <= 0:
                    return False
                self._changed.wait(min(left, LOOK_AGAIN_SECONDS))
        return True

    @contextmanager
    def outside_work(self) -> Iterator[None]:
        """For work done in a caller's own thread: a drain waits for it too."""
        with self._changed:
            self._outside_work += 1
        try:
            yield
        finally:
            with self._changed:
                self._outside_work -= 1
                self._changed.notify_all()

    def _is_quiet(self) -> bool:
        at_work = self._lanes_at_work or self._outside_work
        return not at_work and not (self._entries and self._entries[0].due <= self._now())

    def _work(self) -> None:
        while True:
            with self._changed:
                if self._stopped:
                    return
                entry = self._take()
                if entry is None:
                    self._changed.wait(LOOK_AGAIN_SECONDS if self._entries else None)
                    continue
                self._workers.submit(self._do, entry)

    def _take(self) -> _Entry | None:
        """The first entry that is due and whose lane is free, with a hand to do it."""
        if len(self._lanes_at_work) >= AT_ONCE_MAX:
            return None
        now = self._now()
        for place, entry in enumerate(self._entries):
            if entry.due > now:
                return None
            if entry.lane not in self._lanes_at_work:
                del self._entries[place]
                self._lanes_at_work.add(entry.lane)
                return entry
        return None

    def _do(self, entry: _Entry) -> None:
        try:
            entry.do()
        except Exception:
            # Whatever goes wrong with one planned thing is said, and the others still happen in their time.
            _log.exception("something planned went wrong")
        finally:
            with self._changed:
                self._lanes_at_work.discard(entry.lane)
                self._changed.notify_all()
