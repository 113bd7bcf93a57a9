"""What tests may make the twin do wrong, each a thing that Cloud Tasks may do in production."""

from datetime import timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from infra.local.cloud_tasks.records import Task

Mode = Literal["drop_reply", "duplicate", "delay_minutes"]


class Fault(BaseModel):
    """One kind of trouble, until told otherwise or `count` times.

    drop_reply: the receiver is called but its answer is lost, so the task is tried again.
    duplicate: a task is delivered twice, one after the other or `together`.
    delay_minutes: first deliveries come `minutes` late; with `match` or `count`, out of order.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    mode: Mode | None = None
    count: int | None = Field(default=None, ge=1)
    match: str = ""
    """Only tasks whose URL or name contains this."""
    minutes: float = Field(default=5.0, gt=0)
    together: bool = False


class Faults:
    """The present fault. Not safe for threads by itself: the board holds the lock."""

    def __init__(self) -> None:
        self.now = Fault()

    def take(self, mode: Mode, task: Task) -> Fault | None:
        """The fault, if it is to befall this task; uses up one of its count."""
        fault = self.now
        if fault.mode != mode or (fault.match not in task.url and fault.match not in task.name):
            return None
        if fault.count is not None:
            left = fault.count - 1
            self.now = fault.model_copy(update={"count": left}) if left else Fault()
        return fault

    def delay(self, task: Task) -> timedelta | None:
        """How much later a task that is due for the first time shall go out."""
        if task.attempts or task.due_at != task.scheduled_at:
            return None
        fault = self.take("delay_minutes", task)
        return timedelta(minutes=fault.minutes) if fault else None
