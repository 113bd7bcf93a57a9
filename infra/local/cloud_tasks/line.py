"""One queue at work: its tasks in order of time, and how many may be on their way at once."""

import heapq
import time
from collections.abc import Iterator
from datetime import datetime
from itertools import count

from infra.local.cloud_tasks.records import Queue, Task

_ORDER: Iterator[int] = count()


class Line:
    """Not safe for threads by itself: the board holds the lock."""

    def __init__(self, queue: Queue) -> None:
        self.tasks: dict[str, Task] = {}
        self.running: dict[int, str] = {}
        """Attempt number to task name; a forced task may run twice at once."""
        self._by_time: list[tuple[datetime, int, str]] = []
        self.configure(queue)

    def configure(self, queue: Queue) -> None:
        self.queue = queue
        self._bucket = Bucket(queue.max_dispatches_per_second, queue.max_burst_size)

    def put(self, task: Task) -> None:
        self.tasks[task.name] = task
        heapq.heappush(self._by_time, (task.due_at, next(_ORDER), task.name))

    def begin(self, task: Task, now: datetime) -> tuple[int, Task]:
        begun = task.begun(now)
        self.tasks[task.name] = begun
        number = next(_ORDER)
        self.running[number] = task.name
        return number, begun

    def pop_due(self, now: datetime) -> Task | None:
        """The next task that may be sent; None while paused, full, throttled or too early."""
        due_at = self.next_due()
        full = len(self.running) >= self.queue.max_concurrent_dispatches
        if due_at is None or due_at > now or full or not self._bucket.take():
            return None
        return self.tasks[heapq.heappop(self._by_time)[2]]

    def next_due(self) -> datetime | None:
        """When the earliest waiting task is due; None when none waits or the queue is paused."""
        while self._by_time and self._is_outdated(self._by_time[0]):
            heapq.heappop(self._by_time)
        return self._by_time[0][0] if self._by_time and not self.queue.paused else None

    def _is_outdated(self, entry: tuple[datetime, int, str]) -> bool:
        """Entries are left behind when a task is deleted, moved in time or sent by force."""
        due_at, _, name = entry
        task = self.tasks.get(name)
        return task is None or task.due_at != due_at or name in self.running.values()


class Bucket:
    """A token bucket. It fills by real time, or a stopped clock would hold back what is due for ever."""

    def __init__(self, per_second: float, size: int) -> None:
        self._per_second = per_second
        self._size = size
        self._tokens = float(size)
        self._filled_at = time.monotonic()

    def take(self) -> bool:
        now = time.monotonic()
        self._tokens = min(self._size, self._tokens + (now - self._filled_at) * self._per_second)
        self._filled_at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True
