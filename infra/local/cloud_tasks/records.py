"""What the twin of Cloud Tasks knows of a queue and of a task."""

from datetime import datetime, timedelta
from typing import Self

from pydantic import BaseModel, ConfigDict

RETENTION = timedelta(days=31)
"""No task lives longer, delivered or not."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_bytes="base64", val_json_bytes="base64")


class Retry(_Record):
    """When a failed delivery is tried again. The defaults are those of Cloud Tasks."""

    max_attempts: int = 100
    """-1: without end."""
    max_retry_seconds: float = 0.0
    """0: without end."""
    min_backoff_seconds: float = 0.1
    max_backoff_seconds: float = 3_600.0
    max_doublings: int = 16

    def delay_after(self, failures: int) -> timedelta:
        """Doubles at first, then grows by the last doubled step, never beyond the maximum."""
        doublings = min(failures - 1, self.max_doublings)
        steps = max(1, failures - self.max_doublings)
        seconds = self.min_backoff_seconds * 2**doublings * steps
        return timedelta(seconds=min(seconds, self.max_backoff_seconds))

    def is_over(self, attempts: int, since_first: timedelta) -> bool:
        """Both limits must be reached, where both are set; this is how Cloud Tasks counts."""
        limits = []
        if self.max_attempts != -1:
            limits.append(attempts >= self.max_attempts)
        if self.max_retry_seconds:
            limits.append(since_first.total_seconds() >= self.max_retry_seconds)
        return bool(limits) and all(limits)


class Queue(_Record):
    """One queue as it was declared."""

    name: str
    paused: bool = False
    max_dispatches_per_second: float = 500.0
    max_concurrent_dispatches: int = 1_000
    retry: Retry = Retry()
    purged_at: datetime | None = None

    @property
    def max_burst_size(self) -> int:
        """Cloud Tasks chooses it by itself, from the rate."""
        return min(100, max(1, int(self.max_dispatches_per_second)))


class Oidc(_Record):
    """Whose identity token goes with the request, and for which audience."""

    email: str
    audience: str


class Attempt(_Record):
    """One delivery: `answered_at` is None while it runs."""

    scheduled_at: datetime
    dispatched_at: datetime
    answered_at: datetime | None = None
    code: int = 0
    message: str = ""


class Outcome(_Record):
    """How a delivery ended; `status` is None when no answer came."""

    status: int | None
    code: int
    """As in google.rpc.Code."""
    message: str
    retry_after: timedelta = timedelta(0)

    @property
    def is_success(self) -> bool:
        return self.status is not None and 200 <= self.status <= 299


class Task(_Record):
    """One request that is to be made, and what happened to it so far."""

    name: str
    url: str
    method: str = "POST"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    oidc: Oidc | None = None
    created_at: datetime
    scheduled_at: datetime
    """What the task was told; the receiver reads it in X-CloudTasks-TaskETA."""
    due_at: datetime
    """When it is really sent; differs from scheduled_at only when a test delays it."""
    deadline_seconds: float
    retry: Retry | None = None
    """Goes before that of the queue."""
    attempts: int = 0
    responses: int = 0
    executions: int = 0
    """Responses that were not 5xx."""
    first_attempt_at: datetime | None = None
    last_attempt: Attempt | None = None
    last_status: int | None = None
    last_failure: str = ""

    @property
    def queue(self) -> str:
        return self.name.rpartition("/tasks/")[0]

    @property
    def id(self) -> str:
        return self.name.rpartition("/")[2]

    def begun(self, now: datetime) -> Self:
        return self.model_copy(
            update={
                "attempts": self.attempts + 1,
                "first_attempt_at": self.first_attempt_at or now,
                "last_attempt": Attempt(scheduled_at=self.scheduled_at, dispatched_at=now),
            }
        )

    def answered(self, outcome: Outcome, now: datetime) -> Self:
        assert self.last_attempt is not None, "a task is begun before it is answered"
        last = {"answered_at": now, "code": outcome.code, "message": outcome.message}
        replied, executed = outcome.status is not None, (outcome.status or 500) < 500
        return self.model_copy(
            update={
                "responses": self.responses + replied,
                "executions": self.executions + executed,
                "last_status": outcome.status,
                "last_failure": outcome.message,
                "last_attempt": self.last_attempt.model_copy(update=last),
            }
        )

    def at(self, due_at: datetime) -> Self:
        return self.model_copy(update={"scheduled_at": due_at, "due_at": due_at})

    def delayed(self, by: timedelta) -> Self:
        return self.model_copy(update={"due_at": self.scheduled_at + by})

    def is_finished(self, retry: Retry, now: datetime) -> bool:
        """Whether a task that has just failed is given up."""
        since_first = now - (self.first_attempt_at or now)
        return retry.is_over(self.attempts, since_first) or now - self.created_at > RETENTION
