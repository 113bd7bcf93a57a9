"""What the control port of the twin answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict

from infra.local.cloud_tasks.attempts import Attempts
from infra.local.cloud_tasks.board import Board
from infra.local.cloud_tasks.dispatcher import Dispatcher
from infra.local.cloud_tasks.faults import Fault
from infra.local.control import Call, Route
from infra.local.due import Drained, NextDue, Patience
from infra.local.local_key import LocalKey

LISTED_MAX = 1_000


class Pending(BaseModel):
    """A waiting task without its body."""

    model_config = ConfigDict(frozen=True)

    name: str
    eta: datetime
    attempts: int
    url: str


@dataclass(frozen=True)
class Routes:
    board: Board
    attempts: Attempts
    dispatcher: Dispatcher
    key: LocalKey
    reset: Callable[[], None]

    def table(self) -> Mapping[str, Route]:
        return {
            "GET /certs": lambda _: self.key.certs(),
            "GET /keys": lambda _: self.key.keys(),
            "GET /tasks": lambda _: self._tasks(),
            "GET /log": lambda _: self.dispatcher.log(),
            "GET /next": lambda _: NextDue(next=self.board.next_due()),
            "POST /drain": self._drain,
            "POST /fault": self._fault,
            "POST /reset": self._reset,
        }

    def _tasks(self) -> list[Pending]:
        soonest = sorted(self.board.all_tasks(), key=lambda task: task.due_at)[:LISTED_MAX]
        return [
            Pending(name=task.name, eta=task.due_at, attempts=task.attempts, url=task.url) for task in soonest
        ]

    def _drain(self, call: Call) -> Drained:
        patience = timedelta(seconds=call.read(Patience).seconds)
        return Drained(drained=self.dispatcher.drain(patience))

    def _fault(self, call: Call) -> Fault:
        fault = call.read(Fault)
        self.attempts.set_fault(fault)
        return fault

    def _reset(self, _: Call) -> object:
        self.reset()
        return {"status": "ok"}
