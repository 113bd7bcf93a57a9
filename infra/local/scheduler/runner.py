"""Watches the clock and makes the calls that are due, each in a thread of its own."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict

from infra.local.clock import ClockFileError, MovableClock
from infra.local.scheduler.job import Job
from infra.local.scheduler.timetable import Run, Timetable

POLL_SECONDS = 0.03
"""How soon a move of the clock by another process is noticed."""
IDLE_SECONDS = 1.0
LOG_ENTRIES_MAX = 1_000

_LOG = logging.getLogger("scheduler")


class Ran(BaseModel):
    """One run that has ended; `status` is None when no answer came."""

    model_config = ConfigDict(frozen=True)

    job: str
    scheduled_at: datetime
    attempt: int
    forced: bool
    status: int | None


class Runner:
    def __init__(self, jobs: Sequence[Job], clock: MovableClock, call: Callable[[Run], int | None]) -> None:
        self._clock = clock
        self._call = call
        self._changed = threading.Condition(threading.RLock())
        self._timetable = Timetable(jobs, clock.now())
        self._log: deque[Ran] = deque(maxlen=LOG_ENTRIES_MAX)
        self._paused = False
        self._stopping = False

    def start(self) -> None:
        threading.Thread(target=self._watch, name="scheduler", daemon=True).start()

    def stop(self) -> None:
        """No new run begins; those on their way are not waited for."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()

    def pause(self, paused: bool) -> None:
        """What is missed while paused stays missed."""
        with self._changed:
            self._paused = paused
            self._timetable.start_anew(self._clock.now())
            self._changed.notify_all()

    def reset(self) -> None:
        with self._changed:
            self._log.clear()
            self.pause(False)

    def run_now(self, name: str) -> Ran | None:
        """Calls a job out of turn and waits for it; None while it runs already. Raises KeyError."""
        with self._changed:
            run = self._timetable.begin_forced(name)
        return self._make(run) if run else None

    def drain(self, within: timedelta) -> bool:
        """Waits, in real time, until nothing runs and nothing due by the clock is left."""
        give_up = time.monotonic() + within.total_seconds()
        with self._changed:
            # Before it is asked what is due: the watching thread may not have looked since.
            self._timetable.notice(self._clock.now())
            self._changed.notify_all()
            while not self._is_quiet():
                left = give_up - time.monotonic()
                if left <= 0:
                    return False
                self._changed.wait(min(left, POLL_SECONDS))
        return True

    def next_due(self) -> datetime | None:
        with self._changed:
            return None if self._paused else self._timetable.next_due()

    def next_of_each(self) -> list[tuple[Job, datetime]]:
        with self._changed:
            return self._timetable.next_of_each()

    def log(self) -> list[Ran]:
        with self._changed:
            return list(self._log)

    def _is_quiet(self) -> bool:
        due_at = self.next_due()
        return not self._timetable.running() and (due_at is None or due_at > self._clock.now())

    def _watch(self) -> None:
        with self._changed:
            while not self._stopping:
                self._changed.wait(self._begin_due())

    def _begin_due(self) -> float:
        """Begins what is due; tells after how many seconds to look again at the latest."""
        try:
            for run in [] if self._paused else self._timetable.begin_due(self._clock.now()):
                threading.Thread(target=self._make, args=(run,), daemon=True).start()
        except ClockFileError as broken:
            _LOG.error("nothing is called: %s", broken)
            return IDLE_SECONDS
        return POLL_SECONDS

    def _make(self, run: Run) -> Ran:
        status = self._call(run)
        ran = Ran(
            job=run.job.name,
            scheduled_at=run.scheduled_at,
            attempt=run.attempt,
            forced=run.forced,
            status=status,
        )
        with self._changed:
            success = status is not None and 200 <= status <= 299
            self._timetable.end(run, success, self._clock.now())
            self._log.append(ran)
            self._changed.notify_all()
        _LOG.info("%s attempt %d for %s: %s", ran.job, ran.attempt, ran.scheduled_at.isoformat(), status)
        return ran
