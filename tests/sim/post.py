"""What brings messages to functions: queue, topics, webhooks, schedules, as often and late as faults say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from cronsim import CronSim

from shared.kernel.ports import Task
from shared.runtime import catalog
from shared.runtime.action import Declaration
from shared.runtime.incoming import Incoming
from tests import doors

if TYPE_CHECKING:
    from tests.sim.machine import Machine

MODULES: Final = ("house_visits", "messaging", "platform")
"""Whose schedules run where a story says nothing else; the directory's follow systems that no story has."""
TRIES_MAX: Final = 40
BACK_OFF_SECONDS_MAX: Final = 120.0


class Post:
    """Queue and topics at once: both keep a message until it is digested."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._tasks: set[str] = set()
        self._ticks = 0

    def add(self, task: Task) -> None:
        """The queue: a name is taken once."""
        if task.name in self._tasks:
            return
        self._tasks.add(task.name)
        action = catalog.find(task.entry_point)
        after = max(0.0, (task.at - self._machine.timeline.now()).total_seconds())
        self._bring(task.name, action, self._calls(action, task.body), after)

    def publish(self, topic: str, body: bytes, attributes: Any) -> None:
        for action in listeners().get(topic, ()):
            name = f"{attributes['event_id']} to {action.name}"
            self._bring(name, action, self._calls(action, body))

    def bring_webhook(self, name: str, entry_point: str, incoming: Incoming, tries: int) -> None:
        self._bring(name, catalog.find(entry_point), lambda _: incoming, may_be_lost=True, tries_max=tries)

    def _bring(
        self,
        name: str,
        action: Declaration,
        incoming: Callable[[int], Incoming],
        after: float = 0.0,
        *,
        may_be_lost: bool = False,
        tries_max: int = TRIES_MAX,
    ) -> None:
        machine = self._machine
        delivery = machine.faults.delivery(name, may_be_lost=may_be_lost)
        for number, late in enumerate(delivery.copies):
            label = f"{action.name} ({name}, copy {number + 1})"
            machine.timeline.start(partial(self._insist, label, action, incoming, tries_max), after + late)

    def _insist(
        self, label: str, action: Declaration, incoming: Callable[[int], Incoming], tries_max: int
    ) -> None:
        """Until it is digested."""
        for tries in range(tries_max):
            answer = self._machine.serve(f"{label}, try {tries + 1}", action, incoming(tries))
            if answer is not None and answer.status == 200:
                return
            self._machine.timeline.sleep(min(BACK_OFF_SECONDS_MAX, 2.0 * 2**tries))

    def tick(self, run: Callable[[Any, Any], Any]) -> None:
        """A schedule whose hour no story lives to see, now; as any other it may be lost or doubled."""
        action: Declaration = run.declaration  # type: ignore[attr-defined]  # every action carries one
        self._ticks += 1
        name = f"tick {self._ticks} of {action.name}, by hand"
        self._bring(name, action, self._calls(action, b"{}"), may_be_lost=True, tries_max=1)

    def start_schedules(self, modules: Collection[str] = MODULES) -> None:
        for action in catalog.all_actions():
            if action.trigger.kind == "schedule" and action.module in modules:
                self._machine.timeline.start(partial(self._schedule, action))

    def _schedule(self, action: Declaration) -> None:
        timeline, zone = self._machine.timeline, ZoneInfo(action.trigger.time_zone)
        for number, at in enumerate(CronSim(action.trigger.cron, timeline.now().astimezone(zone))):
            timeline.sleep((at - timeline.now()).total_seconds())
            name, run = f"tick {number} of {action.name}", self._calls(action, b"{}")
            self._bring(name, action, run, may_be_lost=True, tries_max=1)

    def _calls(self, action: Declaration, body: bytes) -> Callable[[int], Incoming]:
        return lambda tries: doors.from_service(self._machine.settings, action, body, tries)


@cache
def listeners() -> dict[str, list[Declaration]]:
    """Who hears which topic."""
    found: dict[str, list[Declaration]] = defaultdict(list)
    for action in catalog.all_actions():
        if action.trigger.topic:
            found[catalog.topic_of(action.trigger.topic)].append(action)
    return found
