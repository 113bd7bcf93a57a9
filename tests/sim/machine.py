"""The machine that runs a story: what all processes share, one request, and what people do in their apps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from greenlet import GreenletExit, getcurrent

from shared.adapters.memory_files import MemoryFiles
from shared.adapters.national_ids import NationalIds
from shared.adapters.phone_book import LibPhoneBook
from shared.adapters.seals import AesSeals
from shared.adapters.workbooks import BoundedWorkbooks
from shared.kernel.actors import Actor
from shared.kernel.ports import Write
from shared.kernel.records import Record, Value
from shared.runtime import entry
from shared.runtime.action import Declaration
from shared.runtime.codec import Codec
from shared.runtime.incoming import Incoming
from shared.runtime.problem import Answer
from shared.runtime.settings import Settings
from shared.runtime.wiring import Wiring
from tests import doors, leaks
from tests.clinic_twin import MemoryClinics
from tests.leaks import WatchedQueue, WatchedTopics
from tests.members import member_of
from tests.outside import MemoryIdentity, MemoryMail
from tests.recorder import RecordingDocuments
from tests.sim.dice import Dice
from tests.sim.faults import Calm, Faults
from tests.sim.ports import (
    FarGeocoder,
    PlainCalendar,
    PlainPapers,
    ProcessClock,
    RememberingCodec,
    RememberingGeocoder,
    Socket,
    Store,
)
from tests.sim.post import Post
from tests.sim.process import Process
from tests.sim.provider import Provider
from tests.sim.story import LogSink, Story
from tests.sim.timeline import Box, Timeline
from tests.world import SENDERS

DEADLINES: Final = {
    "task": 30.0,
    "topic": 60.0,
    "schedule": 60.0,
    "webhook": 15.0,
    "http": 30.0,
    "public": 30.0,
}
APP_TRIES: Final = 12

LEAD: Final = "lead@example.org"
SETTINGS: Final = Settings(store="memory", sender_numbers=SENDERS, team_lead_mail=LEAD)
SEALS: Final = AesSeals(SETTINGS.seal_keys)
CODEC: Final = Codec(SEALS)
SHARED: Final[dict[str, object]] = {
    "seals": SEALS,
    "identity": MemoryIdentity(),
    "phones": LibPhoneBook(),
    "identifiers": NationalIds(),
    "calendar": PlainCalendar(),
    "workbooks": BoundedWorkbooks(),
}


class Answered(Box):
    answer: Answer | None = None


class Machine:
    """One world and its time. `sink` stands for standard output while it runs. `is_watched`: whatever rests
    somewhere is looked at for personal data, as in the tests' World; it costs as much again as the story."""

    def __init__(self, seed: int, faults: Faults, *, is_told: bool = False, is_watched: bool = False) -> None:
        self.settings = SETTINGS
        self.dice = Dice(seed)
        self.faults = faults
        self.timeline = Timeline()
        self.story = Story(self.timeline, is_told=is_told)
        self.sink = LogSink(is_watched=is_watched)
        self.is_watched = is_watched
        self.calls: Counter[str] = Counter()
        self.store = Store()
        self.post = Post(self)
        self.provider = Provider(self)
        self.mail = MemoryMail()
        self.clinics = MemoryClinics(self.timeline)  # type: ignore[arg-type]  # it asks for the time alone
        self.files = MemoryFiles(self.timeline)  # type: ignore[arg-type]  # it asks for the time alone
        self.away: dict[str, Callable[[], Exception]] = {}
        self.alive: set[Process] = set()
        self._apps: Counter[str] = Counter()
        self._behind: dict[str, object] = {
            "documents": self.store,
            "queue": self.post,
            "topics": self.post,
            "sms": self.provider,
            "mail": self.mail,
            "clinics": self.clinics,
            "files": self.files,
            "papers": PlainPapers(),
            "geocoder": RememberingGeocoder(),
        }
        if is_watched:
            self._behind["documents"] = RecordingDocuments(self.store)
            self._behind["queue"] = WatchedQueue(self.post)
            self._behind["topics"] = WatchedTopics(self.post)
        self._codec = RememberingCodec(SEALS)

    def given(self, *records: Record) -> None:
        self.store.commit([Write(one.place(one.id), CODEC.encode(one)) for one in records])

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
        if self.is_watched and answer is not None:
            leaks.answered(answer)
        is_idle = action.trigger.kind == "schedule" and not process.has_acted
        if answer is None or answer.status != 200 or not is_idle:
            self.story.note(f"{name}: {answer.status if answer else 'no answer'}")
        return answer

    def _work(self, process: Process, action: Declaration, incoming: Incoming, box: Answered) -> None:
        wiring = Wiring(self.settings)
        sockets = {name: Socket(process, name, behind) for name, behind in self._behind.items()}
        wiring.__dict__ |= {
            **SHARED,
            **sockets,
            "geocoder": FarGeocoder(sockets["geocoder"]),
            "codec": self._codec,
            "clock": ProcessClock(process),
            "ids": process,
        }
        getcurrent().process = process
        self.alive.add(process)
        try:
            box.answer = entry.answer_to(action, incoming, wiring)
        except GreenletExit:
            box.answer = None
        self.alive.discard(process)
        vars(wiring).clear()  # in a circle, it would lie about until the story's end
        self.timeline.fill(box)

    # What people do, from a strand of their own

    def wait(self, *, minutes: float) -> None:
        self.timeline.sleep(minutes * 60)

    def call(self, run: Callable[[Any, Any], Any], request: Value, as_: Actor) -> Answer | None:
        """As an app does: with one key, again and again, until there is an answer to show."""
        action: Declaration = run.declaration  # type: ignore[attr-defined]  # every action carries one
        doing = f"{action.name} in the app of {as_.user_id}"
        self._apps[doing] += 1
        self._join(as_)
        name, key = f"{doing}, {self._apps[doing]}", f"key-{action.name}-{self._apps[doing]:06d}"
        fields = request.model_dump(mode="json", exclude_unset=True)
        for tries in range(APP_TRIES):
            incoming = doors.from_app(action, fields, as_, key)
            answer = self.serve(f"{name}, try {tries + 1}", action, incoming)
            if answer is not None and answer.status < 500:
                return answer
            self.timeline.sleep(3.0 + 5.0 * tries)
        return None

    def _join(self, actor: Actor) -> None:
        """Whoever acts is a member."""
        who = member_of(actor)
        if self.store.read([f"{who.kind}/{who.id}"])[f"{who.kind}/{who.id}"] is None:
            self.given(who)
