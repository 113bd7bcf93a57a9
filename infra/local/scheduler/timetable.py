"""Which jobs are due, by the clock: one run of a job at a time, missed runs made up for once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from infra.local.scheduler.job import Job

RETRIES = 1
RETRY_PAUSE = timedelta(seconds=5)


@dataclass(frozen=True)
class Run:
    """One call that is to be made; `scheduled_at` stays the same when it is repeated."""

    job: Job
    scheduled_at: datetime
    attempt: int = 1
    forced: bool = False


@dataclass
class _State:
    job: Job
    next_at: datetime
    running: bool = False
    retry: Run | None = None
    retry_at: datetime | None = None

    @property
    def due_at(self) -> datetime:
        return min(self.next_at, self.retry_at or self.next_at)


class Timetable:
    """Not safe for threads by itself."""

    def __init__(self, jobs: Sequence[Job], now: datetime) -> None:
        self._states = {job.name: _State(job, job.next_after(now)) for job in jobs}
        self._seen = now

    def begin_due(self, now: datetime) -> list[Run]:
        """The runs that are to be made now; each must be ended with `end`."""
        self.notice(now)
        waiting = [one for one in self._states.values() if not one.running and one.due_at <= now]
        return [self._begin(state, now) for state in sorted(waiting, key=lambda one: one.due_at)]

    def begin_forced(self, name: str) -> Run | None:
        """A run out of turn, None while one is on its way. It carries the next time, as in production.

        Raises KeyError.
        """
        state = self._states[name]
        if state.running:
            return None
        state.running = True
        return Run(state.job, state.next_at, forced=True)

    def end(self, run: Run, success: bool, now: datetime) -> None:
        state = self._states[run.job.name]
        state.running = False
        if not success and not run.forced and run.attempt <= RETRIES:
            state.retry = Run(run.job, run.scheduled_at, run.attempt + 1)
            state.retry_at = now + RETRY_PAUSE

    def start_anew(self, now: datetime) -> None:
        """What was missed until now stays missed."""
        self._seen = now
        for state in self._states.values():
            state.next_at = state.job.next_after(now)
            state.retry = state.retry_at = None

    def next_due(self) -> datetime | None:
        return min((state.due_at for state in self._states.values()), default=None)

    def running(self) -> int:
        return sum(state.running for state in self._states.values())

    def next_of_each(self) -> list[tuple[Job, datetime]]:
        return [(state.job, state.next_at) for state in self._states.values()]

    def notice(self, now: datetime) -> None:
        """A clock that was put back must not leave the jobs waiting for what is now far away."""
        if now < self._seen:
            self.start_anew(now)
        self._seen = now

    def _begin(self, state: _State, now: datetime) -> Run:
        state.running = True
        run = state.retry
        if run is None or state.next_at <= now:  # a new occurrence goes before the repetition of an old one
            run = Run(state.job, state.job.last_until(now, state.next_at))
            state.next_at = state.job.next_after(now)
        state.retry = state.retry_at = None
        return run
