"""The machine that runs a story: what all processes share, and who brings what to which function."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cache, partial
from typing import Any, Final
from zoneinfo import ZoneInfo

from cronsim import CronSim
from greenlet import GreenletExit

from shared.adapters.national_ids import NationalIds
from shared.adapters.phone_book import LibPhoneBook
from shared.adapters.seals import AesSeals
from shared.kernel.actors import Actor
from shared.kernel.ports import Task, Write
from shared.kernel.records import Record, Value
from shared.runtime import catalog, entry
from shared.runtime.action import Declaration
from shared.runtime.codec import Codec
from shared.runtime.incoming import Incoming
from shared.runtime.problem import Answer
from shared.runtime.settings import Settings
from shared.runtime.wiring import Wiring
from tests import doors
from tests.clinic_twin import MemoryClinics
from tests.outside import MemoryIdentity, MemoryMail
from tests.sim.dice import Dice
from tests.sim.faults import Calm, Faults
from tests.sim.ports import PlainCalendar, ProcessClock, RememberingCodec, Socket, Store
from tests.sim.process import Process
from tests.sim.provider import Provider
from tests.sim.story import LogSink, Story
from tests.sim.timeline import Box, Timeline
from tests.world import SENDERS

MODULES: Final = ("house_visits", "messaging", "platform")
"""Whose schedules run; the directory's follow systems that the stories do not have."""
DEADLINES: Final = {"task": 30.0, "topic": 60.0, "schedule": 60.0, "webhook": 15.0, "http": 30.0}
TRIES_MAX: Final = 40
BACK_OFF_SECONDS_MAX: Final = 120.0
APP_TRIES: Final = 12

SETTINGS: Final = Settings(store="memory", sender_numbers=SENDERS)
SEALS: Final = AesSeals(SETTINGS.seal_keys)
CODEC: Final = Codec(SEALS)
SHARED: Final[dict[str, object]] = {
    "seals": SEALS,
    "identity": MemoryIdentity(),
    "phones": LibPhoneBook(),
    "identifiers": NationalIds(),
    "calendar": PlainCalendar(),
}


class Answered(Box):
    answer: Answer | None = None


class Machine:
    """One world and its time. `sink` stands for standard output while it runs."""

    def __init__(self, seed: int, faults: Faults, *, is_told: bool = False) -> None:
        self.settings = SETTINGS
        self.dice = Dice(seed)
        self.faults = faults
        self.timeline = Timeline()
        self.story = Story(self.timeline, is_told=is_told)
        self.sink = LogSink()
        self.calls: Counter[str] = Counter()
        self.store = Store()
        self.provider = Provider(self)
        self.mail = MemoryMail()
        self.clinics = MemoryClinics(self.timeline)  # type: ignore[arg-type]  # it asks for the time alone
        self.away: dict[str, Callable[[], Exception]] = {}
        self.alive: set[Process] = set()
        self._tasks: set[str] = set()
        self._apps: Counter[str] = Counter()
        self._behind = {
            "documents": self.store,
            "queue": self,
            "topics": self,
            "sms": self.provider,
            "mail": self.mail,
            "clinics": self.clinics,
        }
        self._codec = RememberingCodec(SEALS)

    def given(self, *records: Record) -> None:
        self.store.commit([Write(f"{one.kind}/{one.id}", CODEC.encode(one)) for one in records])

    def outage(self, port: str) -> Exception | None:
        """What a call of that port meets while its service is away."""
        away = self.away.get(port) or self.away.get(port.partition(".")[0])
        return away() if away is not None else None

    def redeploy(self) -> None:
        """Every process ends where it stands."""
        self.story.note("! everything is deployed anew")
        for one in self.alive:
            one.is_dead = True

    def run(self, minutes: float) -> None:
        self.timeline.run(self.timeline.seconds + minutes * 60)

    def calm_down(self) -> None:
        """From here on nothing goes wrong, and our log has nothing to complain of."""
        self.faults = Calm()
        self.away.clear()
        self.sink.is_calm = True

    # One request

    def serve(self, name: str, action: Declaration, incoming: Incoming) -> Answer | None:
        """The answer; None where the process died, or was too slow for who asked."""
        box, process = Answered(), Process(name, self)
        self.timeline.start(lambda: self._work(process, action, incoming, box))
        self.timeline.wait(box, DEADLINES[action.trigger.kind])
        answer = box.answer
        self.story.note(f"{name}: {answer.status if answer else 'no answer'}")
        return answer

    def _work(self, process: Process, action: Declaration, incoming: Incoming, box: Answered) -> None:
        wiring = Wiring(self.settings)
        sockets = {name: Socket(process, name, behind) for name, behind in self._behind.items()}
        wiring.__dict__ |= {
            **SHARED,
            **sockets,
            "codec": self._codec,
            "clock": ProcessClock(process),
            "ids": process,
        }
        self.alive.add(process)
        try:
            box.answer = entry.answer_to(action, incoming, wiring)
        except GreenletExit:
            box.answer = None
        self.alive.discard(process)
        self.timeline.fill(box)

    # What brings messages

    def add(self, task: Task) -> None:
        """The queue: a name is taken once."""
        if task.name in self._tasks:
            return
        self._tasks.add(task.name)
        action = catalog.find(task.entry_point)
        after = max(0.0, (task.at - self.timeline.now()).total_seconds())
        self._bring(task.name, action, _calls(action, task.body), after)

    def publish(self, topic: str, body: bytes, attributes: Any) -> None:
        for action in listeners().get(topic, ()):
            name = f"{attributes['event_id']} to {action.name}"
            self._bring(name, action, _calls(action, body))

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
        delivery = self.faults.delivery(name, may_be_lost=may_be_lost)
        for number, late in enumerate(delivery.copies):
            label = f"{action.name} ({name}, copy {number + 1})"
            self.timeline.start(partial(self._insist, label, action, incoming, tries_max), after + late)

    def _insist(
        self, label: str, action: Declaration, incoming: Callable[[int], Incoming], tries_max: int
    ) -> None:
        """Until it is digested."""
        for tries in range(tries_max):
            answer = self.serve(f"{label}, try {tries + 1}", action, incoming(tries))
            if answer is not None and answer.status == 200:
                return
            self.timeline.sleep(min(BACK_OFF_SECONDS_MAX, 2.0 * 2**tries))

    def start_schedules(self) -> None:
        for action in catalog.all_actions():
            if action.trigger.kind == "schedule" and action.module in MODULES:
                self.timeline.start(partial(self._schedule, action))

    def _schedule(self, action: Declaration) -> None:
        zone = ZoneInfo(action.trigger.time_zone)
        for number, at in enumerate(CronSim(action.trigger.cron, self.timeline.now().astimezone(zone))):
            self.timeline.sleep((at - self.timeline.now()).total_seconds())
            self._bring(f"tick {number}", action, _calls(action, b"{}"), may_be_lost=True, tries_max=1)

    # What people do, from a strand of their own

    def wait(self, *, minutes: float) -> None:
        self.timeline.sleep(minutes * 60)

    def call(self, run: Callable[[Any, Any], Any], request: Value, as_: Actor) -> Answer | None:
        """As an app does: with one key, again and again, until there is an answer to show."""
        action: Declaration = run.declaration  # type: ignore[attr-defined]  # every action carries one
        doing = f"{action.name} in the app of {as_.user_id}"
        self._apps[doing] += 1
        name, key = f"{doing}, {self._apps[doing]}", f"key-{action.name}-{self._apps[doing]:06d}"
        fields = request.model_dump(mode="json", exclude_unset=True)
        for tries in range(APP_TRIES):
            incoming = doors.from_app(action, fields, as_, key)
            answer = self.serve(f"{name}, try {tries + 1}", action, incoming)
            if answer is not None and answer.status < 500:
                return answer
            self.timeline.sleep(3.0 + 5.0 * tries)
        return None


def _calls(action: Declaration, body: bytes) -> Callable[[int], Incoming]:
    return lambda tries: doors.from_service(SETTINGS, action, body, tries)


@cache
def listeners() -> dict[str, list[Declaration]]:
    """Who hears which topic."""
    found: dict[str, list[Declaration]] = defaultdict(list)
    for action in catalog.all_actions():
        if action.trigger.topic:
            found[catalog.topic_of(action.trigger.topic)].append(action)
    return found
