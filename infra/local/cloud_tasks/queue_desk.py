"""What can be asked about queues: create, read, change, pause, purge, delete."""

from collections.abc import Callable

from infra.local.cloud_tasks.board import Board
from infra.local.cloud_tasks.line import Line
from infra.local.cloud_tasks.records import Queue
from infra.local.cloud_tasks.refusals import queue_exists


class QueueDesk:
    def __init__(self, board: Board) -> None:
        self._board = board

    def create(self, queue: Queue) -> Queue:
        with self._board.step():
            if queue.name in self._board.lines:
                raise queue_exists(queue.name)
            return self._board.open_line(queue).queue

    def get(self, name: str) -> Queue:
        with self._board.changed:
            return self._board.line(name).queue

    def all(self) -> list[Queue]:
        with self._board.changed:
            return [line.queue for _, line in sorted(self._board.lines.items())]

    def change(self, name: str, changed: Callable[[Queue], Queue]) -> Queue:
        """A queue that does not exist is created, as Cloud Tasks does."""
        with self._board.step():
            line = self._board.lines.get(name)
            queue = changed(line.queue if line else Queue(name=name))
            if line is None:
                return self._board.open_line(queue).queue
            line.configure(queue)
            return queue

    def pause(self, name: str, paused: bool) -> Queue:
        with self._board.step():
            line = self._board.line(name)
            line.queue = line.queue.model_copy(update={"paused": paused})
            return line.queue

    def purge(self, name: str) -> Queue:
        with self._board.step():
            line = self._board.line(name)
            self._bury_all(line)
            line.queue = line.queue.model_copy(update={"purged_at": self._board.now()})
            return line.queue

    def delete(self, name: str) -> None:
        with self._board.step():
            self._bury_all(self._board.line(name))
            del self._board.lines[name]

    def _bury_all(self, line: Line) -> None:
        for task in list(line.tasks.values()):
            self._board.bury(task)
