"""Sends what is due, never more than a few at a time, and keeps a log of it."""

import logging
import threading
import time
from collections import deque
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict

from infra.local.clock import ClockFileError
from infra.local.cloud_tasks.attempts import Attempts, Fate, Started
from infra.local.cloud_tasks.board import Board
from infra.local.cloud_tasks.delivery import LOST, deliver
from infra.local.cloud_tasks.records import Outcome, Task
from infra.local.local_key import LocalKey

AT_ONCE_MAX = 32
LOG_ENTRIES_MAX = 1_000
IDLE_SECONDS = 1.0
POLL_SECONDS = 0.03
"""How soon a move of the clock by another process is noticed."""

_LOG = logging.getLogger("cloud_tasks")


class Entry(BaseModel):
    """One delivery, in the log."""

    model_config = ConfigDict(frozen=True)

    at: datetime
    """When it was sent."""
    queue: str
    name: str
    url: str
    attempt: int
    eta: datetime
    status: int | None
    result: str
    fate: str
    fault: str | None = None


class Dispatcher:
    def __init__(self, board: Board, attempts: Attempts, key: LocalKey) -> None:
        self._board = board
        self._attempts = attempts
        self._key = key
        self._stopping = False
        self._log: deque[Entry] = deque(maxlen=LOG_ENTRIES_MAX)

    def start(self) -> None:
        threading.Thread(target=self._run, name="dispatcher", daemon=True).start()

    def stop(self) -> None:
        """Nothing new goes out; what is on its way is not waited for."""
        with self._board.changed:
            self._stopping = True
            self._board.changed.notify_all()

    def log(self) -> list[Entry]:
        with self._board.changed:
            return list(self._log)

    def clear_log(self) -> None:
        with self._board.changed:
            self._log.clear()

    def send(self, started: Started) -> None:
        threading.Thread(target=self._deliver, args=(started,), daemon=True).start()

    def drain(self, within: timedelta) -> bool:
        """Waits, in real time, until nothing is on its way and nothing due by the clock is left."""
        give_up = time.monotonic() + within.total_seconds()
        with self._board.changed:
            self._board.changed.notify_all()
            while not self._board.is_quiet():
                left = give_up - time.monotonic()
                if left <= 0:
                    return False
                self._board.changed.wait(min(left, POLL_SECONDS))
        return True

    def _run(self) -> None:
        with self._board.changed:
            while not self._stopping:
                self._board.changed.wait(self._start_due())

    def _start_due(self) -> float:
        """Sends what may go out; tells after how many seconds to look again at the latest."""
        try:
            for started in self._attempts.start_due(AT_ONCE_MAX - self._board.running()):
                self.send(started)
            due_at = self._board.next_due()
            return IDLE_SECONDS if due_at is None else self._nap(due_at - self._board.now())
        except ClockFileError as broken:
            _LOG.error("nothing is sent: %s", broken)
            return IDLE_SECONDS

    def _nap(self, until_due: timedelta) -> float:
        """Whoever adds or finishes a task wakes us; what is due now is held back by a limit."""
        seconds = until_due.total_seconds()
        return min(seconds, POLL_SECONDS) if seconds > 0 else POLL_SECONDS

    def _deliver(self, started: Started) -> None:
        outcome = self._deliver_twice(started) if started.duplicate else deliver(started.task, self._key)
        seen = LOST if started.drop_reply else outcome
        with self._board.changed:  # one step: whoever sees that it ended sees it in the log
            self._note(started, seen, self._attempts.finish(started, seen))

    def _deliver_twice(self, started: Started) -> Outcome:
        """The second delivery is part of the first attempt: Cloud Tasks does not know of it either."""
        second = threading.Thread(target=deliver, args=(started.task, self._key), daemon=True)
        if started.duplicate and started.duplicate.together:
            second.start()
        outcome = deliver(started.task, self._key)
        if not second.ident:
            second.start()
        second.join()
        return outcome

    def _note(self, started: Started, outcome: Outcome, fate: Fate) -> None:
        task, fault = started.task, started.drop_reply or started.duplicate
        entry = Entry(
            at=started.at,
            queue=task.queue,
            name=task.name,
            url=task.url,
            attempt=task.attempts,
            eta=task.scheduled_at,
            status=outcome.status,
            result=outcome.message,
            fate=fate,
            fault=fault.mode if fault else None,
        )
        self._log.append(entry)
        _LOG.info("%s attempt %d: %s, %s", _short(task), task.attempts, outcome.message, fate)


def _short(task: Task) -> str:
    return f"{task.queue.rpartition('/')[2]}/{task.id}"
