"""Which tasks go out now, and what becomes of them afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from operator import itemgetter

from infra.local.cloud_tasks.board import Board
from infra.local.cloud_tasks.faults import Fault, Faults
from infra.local.cloud_tasks.line import Line
from infra.local.cloud_tasks.records import Outcome, Task


class Fate(StrEnum):
    """What became of a task after an attempt."""

    DONE = "done"
    RETRIED = "tried again later"
    GIVEN_UP = "given up"
    GONE = "deleted meanwhile"


@dataclass(frozen=True)
class Started:
    """An attempt that is to be made now."""

    number: int
    at: datetime
    task: Task
    drop_reply: Fault | None = None
    duplicate: Fault | None = None


class Attempts:
    def __init__(self, board: Board) -> None:
        self._board = board
        self._faults = Faults()

    def start_due(self, most: int) -> list[Started]:
        """At most so many attempts, the earliest first."""
        with self._board.changed:
            started = list(islice(self._due(self._board.now()), most))
            self._board.version += bool(started)
            return started

    def force(self, name: str) -> Started:
        """An attempt right now, whether the queue is paused or full, and the task early or on its way."""
        with self._board.step():
            task = self._board.task(name)
            return self._begin(self._board.line(task.queue), task, self._board.now())

    def finish(self, started: Started, outcome: Outcome) -> Fate:
        with self._board.step():
            line = self._board.lines.get(started.task.queue)
            if line is None or line.running.pop(started.number, None) is None:
                return Fate.GONE
            task = line.tasks.get(started.task.name)
            if task is None:
                return Fate.GONE
            return self._judge(line, task.answered(outcome, self._board.now()), outcome)

    def set_fault(self, fault: Fault) -> None:
        with self._board.step():
            self._faults.now = fault

    def _due(self, now: datetime) -> Iterator[Started]:
        while started := self._earliest(now):
            yield started

    def _earliest(self, now: datetime) -> Started | None:
        waiting = [(due_at, line) for line in self._board.lines.values() if (due_at := line.next_due())]
        for _, line in sorted(waiting, key=itemgetter(0)):
            while task := line.pop_due(now):
                if delay := self._faults.delay(task):
                    line.put(task.delayed(delay))
                else:
                    return self._begin(line, task, now)
        return None

    def _begin(self, line: Line, task: Task, now: datetime) -> Started:
        number, begun = line.begin(task, now)
        drop, twice = self._faults.take("drop_reply", task), self._faults.take("duplicate", task)
        return Started(number, now, begun, drop, twice)

    def _judge(self, line: Line, task: Task, outcome: Outcome) -> Fate:
        now, retry = self._board.now(), task.retry or line.queue.retry
        if outcome.is_success or task.is_finished(retry, now):
            self._board.bury(task)
            return Fate.DONE if outcome.is_success else Fate.GIVEN_UP
        delay = max(retry.delay_after(task.attempts), outcome.retry_after)
        line.put(task.at(now + delay))
        return Fate.RETRIED
