"""Random tasks for a queue, asked of the memory queue and of the twin of Cloud Tasks behind its adapter."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from shared.adapters.cloud_tasks import CloudTasks
from shared.adapters.memory import MemoryQueue
from shared.kernel.ports import Task
from tests.infra.tasks_world import TasksWorld, tasks_world

STEPS: Final = 8
NAMES: Final = ("a", "b", "c", "d")
MINUTES_AHEAD: Final = (-1, 0, 0, 1, 2, 5)
"""Less in all than Cloud Tasks remembers a name: the port promises it for ever, so names are never reused."""


@dataclass(frozen=True)
class Queues:
    """The twin with a clock that stands still, and the adapter that production has."""

    world: TasksWorld
    adapter: CloudTasks


@contextmanager
def queues() -> Iterator[Queues]:
    with TemporaryDirectory(prefix="visita-tasks-") as directory, tasks_world(Path(directory)) as world:
        yield Queues(world, CloudTasks("demo-tasks", "here", world.receiver.url, "demo", world.twin.host))


def difference(seed: int, both: Queues) -> str:
    """In words; empty where both ran the same tasks in every minute."""
    chance, memory, world = Random(seed), MemoryQueue(), both.world
    world.twin.reset()
    for step in range(STEPS):
        seen = len(world.receiver.received())  # what is due goes out at once
        for _ in range(chance.randint(0, 3)):
            task = _task(chance, seed, step, world.clock.now())
            memory.add(task)
            both.adapter.add(task)
        world.advance(minutes=chance.randint(0, 2))
        ran = sorted(one.body.decode() for one in world.receiver.received()[seen:])
        wanted = sorted(one.body.decode() for one in memory.take_due(world.clock.now()))
        if ran != wanted:
            return f"seed {seed}, step {step}: in memory {wanted}, at Cloud Tasks {ran}"
    return ""


def _task(chance: Random, seed: int, step: int, now: datetime) -> Task:
    """The body tells apart what was added under one name: the first one counts."""
    name = f"{seed}-{chance.choice(NAMES)}"
    at = now + timedelta(minutes=chance.choice(MINUTES_AHEAD))
    return Task(name, "some-queue", "module__action", f"{name} of step {step}".encode(), at)
