"""Everything the twin knows, under one lock: queues with their tasks, and names used before."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from infra.local.cloud_tasks.line import Line
from infra.local.cloud_tasks.records import Queue, Task
from infra.local.cloud_tasks.refusals import no_queue, no_task, task_exists, too_many
from infra.local.cloud_tasks.tombstones import Tombstones

TASKS_MAX = 100_000
QUEUES_MAX = 1_000


class Board:
    """`changed` is the lock, and wakes whoever waits for another state; `version` grows with each step."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.changed = threading.Condition(threading.RLock())
        self.version = 0
        self.lines: dict[str, Line] = {}
        self.tombstones = Tombstones()

    @contextmanager
    def step(self) -> Iterator[None]:
        """One change, seen by others as a whole."""
        with self.changed:
            yield
            self.version += 1
            self.changed.notify_all()

    def add(self, task: Task, make_queue: bool) -> None:
        with self.step():
            line = self.ensure_line(task.queue) if make_queue else self.line(task.queue)
            if task.name in line.tasks or self.tombstones.holds(task.name, self.now()):
                raise task_exists(task.name)
            if sum(len(each.tasks) for each in self.lines.values()) >= TASKS_MAX:
                raise too_many("tasks", TASKS_MAX)
            line.put(task)

    def task(self, name: str) -> Task:
        with self.changed:
            tasks = self.line(name.rpartition("/tasks/")[0]).tasks
            if name not in tasks:
                raise no_task(name)
            return tasks[name]

    def tasks(self, queue: str) -> list[Task]:
        with self.changed:
            return list(self.line(queue).tasks.values())

    def all_tasks(self) -> list[Task]:
        with self.changed:
            return [task for line in self.lines.values() for task in line.tasks.values()]

    def delete(self, name: str) -> None:
        """An attempt on its way is not called back; its answer will not matter."""
        with self.step():
            self.bury(self.task(name))

    def bury(self, task: Task) -> None:
        """Ends a task; its name may not be used again for a while."""
        del self.line(task.queue).tasks[task.name]
        self.tombstones.add(task.name, self.now())

    def next_due(self) -> datetime | None:
        """When the earliest task may go out; those of paused queues may not."""
        with self.changed:
            return min((due for line in self.lines.values() if (due := line.next_due())), default=None)

    def is_quiet(self) -> bool:
        """Nothing is on its way, and nothing that may go out is due."""
        with self.changed:
            due_at = self.next_due()
            return not self.running() and (due_at is None or due_at > self.now())

    def running(self) -> int:
        with self.changed:
            return sum(len(line.running) for line in self.lines.values())

    def replace(self, queues: Sequence[Queue], tasks: Sequence[Task], tombstones: Tombstones) -> None:
        """Forgets all and knows this instead; the answers of attempts on their way will not matter."""
        with self.step():
            self.lines = {queue.name: Line(queue) for queue in queues}
            self.tombstones = tombstones
            for task in tasks:
                self.line(task.queue).put(task)

    def line(self, queue: str) -> Line:
        if queue not in self.lines:
            raise no_queue(queue)
        return self.lines[queue]

    def ensure_line(self, queue: str) -> Line:
        return self.lines.get(queue) or self.open_line(Queue(name=queue))

    def open_line(self, queue: Queue) -> Line:
        if len(self.lines) >= QUEUES_MAX:
            raise too_many("queues", QUEUES_MAX)
        line = self.lines[queue.name] = Line(queue)
        return line
