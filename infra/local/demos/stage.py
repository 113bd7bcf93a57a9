"""What every story needs: a clock that it moves, people who text, and all that happens told in order."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from functions.house_visits.get_visit import GetVisit, get_visit
from functions.house_visits.read_activity import ReadActivity, read_activity
from infra.local.demos.cloud import Cloud
from infra.local.demos.timeline import Timeline
from shared.kernel.gsm import segments
from shared.kernel.records import Activity
from shared.kernel.times import local_instant

ZONE: Final = ZoneInfo("Europe/Warsaw")
MORNING: Final = time(9)
SATURDAY: Final = 5
A_MOMENT: Final = timedelta(seconds=2)
"""Long enough for a text to be delivered."""
ON_ITS_WAY: Final = ("accepted", "queued", "sending", "sent")
LINES_A_PAGE: Final = 100

Shown = dict[str, Any]


@dataclass(frozen=True)
class Person:
    """Whoever has a phone in this story. `id` is the doctor's or the patient's."""

    id: str
    name: str
    phone: str


@dataclass
class Stage:
    """One visit on the way through the cloud. `texts`: all that were sent or received since it began."""

    cloud: Cloud
    show: Timeline
    names: dict[str, str] = field(default_factory=dict)
    texts: list[Shown] = field(default_factory=list)
    visit_id: str = ""
    _seen: set[str] = field(default_factory=set)

    def begin(self) -> None:
        """The clock stands still on a weekday morning that has not been yet."""
        self.cloud.clock.stop()
        self.cloud.clock.set(next_morning(self.now))
        self.cloud.pass_time(timedelta(0))
        self.names = dict(self.cloud.get("phones", "/_names"))
        self._seen = {one["sid"] for one in self._all_texts()}

    @property
    def now(self) -> datetime:
        return self.cloud.clock.now()

    @property
    def today(self) -> date:
        return self.now.astimezone(ZONE).date()

    def says(self, who: str, what: str) -> None:
        self.show.says(self.now, who, what)

    def wait_until(self, hour: int, minute: int) -> None:
        """Time passes, and all that is due happens on the way."""
        self.pass_time(local_instant(self.today, time(hour, minute), str(ZONE)) - self.now)

    def pass_time(self, by: timedelta = A_MOMENT) -> None:
        """Texts that were sent at the very end are given the moment in which they arrive."""
        self.cloud.pass_time(by)
        if any(one["status"] in ON_ITS_WAY for one in self._all_texts()):
            self.cloud.pass_time(A_MOMENT)
        self.tell_texts()

    def person_texts(self, person: Person, body: str, to: str) -> None:
        """Somebody presses Send; shown when the texts are told next."""
        self.cloud.post("phones", "/_inbound", {"from": person.phone, "to": to, "body": body})

    def tell_texts(self) -> None:
        """Shows what has been sent and received since it was told last; what is on its way is told later."""
        for one in self._all_texts():
            if one["sid"] not in self._seen and one["status"] not in ON_ITS_WAY:
                self._seen.add(one["sid"])
                self.texts.append(one)
                self._tell(one)

    def mails_to(self, address: str) -> list[Shown]:
        """Since the story began, oldest first."""
        began = self.now.date()
        mails = [one for one in self.cloud.get("mailbox", "/_messages") if address in one["recipients"]]
        return [one for one in reversed(mails) if datetime.fromisoformat(one["received_at"]).date() == began]

    def visit(self) -> Any:
        return self.cloud.app.call(get_visit, GetVisit(visit_id=self.visit_id), self.cloud.staff())

    def log(self) -> list[Activity]:
        """Every line, oldest first."""
        lines: list[Activity] = []
        while True:
            asked = ReadActivity(
                visit_id=self.visit_id, after=lines[-1].number if lines else 0, page_size=LINES_A_PAGE
            )
            page = self.cloud.app.call(read_activity, asked, self.cloud.staff())
            lines += page.lines
            if not page.lines or lines[-1].number >= page.last_number:
                return lines

    def _all_texts(self) -> list[Shown]:
        found: list[Shown] = self.cloud.get("phones", "/_messages")
        return sorted(found, key=lambda one: str(one["created_at"]))

    def _tell(self, one: Shown) -> None:
        at, inbound = datetime.fromisoformat(one["created_at"]), one["direction"] == "inbound"
        person = self.names.get(one["from" if inbound else "to"], one["from" if inbound else "to"])
        us = "carrier" if one["direction"] == "outbound-reply" else "Visita"
        if inbound:
            self.show.text(at, f"{person} → {us}", one["body"], "", ours=False)
            return
        length = segments(one["body"])
        foot = f"{length.characters} characters · {counted(one['segments'], 'segment')} · {one['status']}"
        self.show.text(at, f"{us} → {person}", one["body"], foot, ours=True)


def next_morning(now: datetime) -> datetime:
    """Nine o'clock in Warsaw on the first working day after this one."""
    day = now.astimezone(ZONE).date() + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return local_instant(day, MORNING, str(ZONE))


def counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
