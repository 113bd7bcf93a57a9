"""The desk of a phone: which offers it holds, so that an answer finds its visit.

One desk per phone, named by the phone's key: doctors who share a phone share a desk. It remembers every
code for the time of its quarantine, and whether the phone wants no texts.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from functions.house_visits.domain.codes import QUARANTINE_DAYS
from functions.house_visits.domain.offer import Offer
from functions.house_visits.domain.visit import Visit, VisitStatus
from shared.kernel.records import Record, Value

if TYPE_CHECKING:
    # Its dictionaries are not loaded by those who only ask.
    from functions.house_visits.domain.replies import ReplyIntent

ENTRIES_MAX = 200
PASSIVE_REPLIES_MAX = 5
"""Answers a day to texts that decide nothing: two machines must not talk to each other for ever."""
RECENT = timedelta(days=7)
LATEST = 20
"""Entries that are looked at whether or not their visits are over: somebody may answer to news of them."""


class DeskEntry(Value):
    visit_id: str
    offer_id: str
    doctor_id: str
    sender: str
    code: str
    offered_at: datetime
    closes_at: datetime | None = None  # of the visit: later the offer is surely not open
    origin: str = ""  # the call that asked, in its trace: an answer goes on there

    def may_be_open(self, now: datetime) -> bool:
        return self.closes_at is None or now < self.closes_at


class Desk(Record):
    kind: ClassVar[str] = "desks"
    logged: ClassVar[bool] = False

    entries: tuple[DeskEntry, ...] = ()
    opted_out: bool = False
    passive_day: str = ""
    passive_count: int = 0

    def with_entry(self, entry: DeskEntry) -> "Desk":
        """The new entry first; what has left quarantine is forgotten."""
        since = entry.offered_at - timedelta(days=QUARANTINE_DAYS)
        kept = tuple(one for one in self.entries if (one.closes_at or one.offered_at) >= since)
        return self.but(entries=(entry, *kept)[:ENTRIES_MAX])

    def asked_in(self, origin: str) -> "Desk":
        """The newest entry with the call that wrote it."""
        newest, *others = self.entries
        return self.but(entries=(newest.but(origin=origin), *others))

    def spoken_of(self, code: str | None, now: datetime) -> tuple[DeskEntry, ...]:
        """Every entry that an answer may mean: what may be open, the latest ones, and the one it names."""
        return tuple(
            one
            for place, one in enumerate(self.entries)
            if place < LATEST or one.may_be_open(now) or one.code == code
        )

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(one.code for one in self.entries)

    def may_answer(self, now: datetime) -> bool:
        return self.passive_day != now.date().isoformat() or self.passive_count < PASSIVE_REPLIES_MAX

    def counted(self, now: datetime) -> "Desk":
        day = now.date().isoformat()
        return self.but(
            passive_day=day, passive_count=self.passive_count + 1 if day == self.passive_day else 1
        )


class BindingKind(StrEnum):
    CODE = "code"
    SOLE_OPEN = "sole_open"
    AMBIGUOUS = "ambiguous"  # several open offers, no code
    CLOSED = "closed"  # nothing is open: the latest one that was
    UNKNOWN_CODE = "unknown_code"
    NONE = "none"


class Binding(Value):
    """How a reply found its offer; `entry` where it did, `choices` where the doctor must say which."""

    kind: BindingKind
    entry: DeskEntry | None = None
    choices: tuple[DeskEntry, ...] = ()


def bind(intent: "ReplyIntent", desk: Desk, sender: str, visits: dict[str, Visit], now: datetime) -> Binding:
    """Find the offer a reply speaks of. `sender` is our number that it was sent to. Nothing is guessed."""
    if intent.code:
        named = next((one for one in desk.entries if one.code == intent.code), None)
        if named is None:
            return Binding(kind=BindingKind.UNKNOWN_CODE)
        return Binding(kind=BindingKind.CODE, entry=named)
    on_number = [one for one in desk.entries if one.sender == sender]
    still_open = tuple(one for one in on_number if is_open(one, visits))
    if len(still_open) == 1:
        return Binding(kind=BindingKind.SOLE_OPEN, entry=still_open[0])
    if still_open:
        return Binding(kind=BindingKind.AMBIGUOUS, choices=still_open)
    recent = next(
        (one for one in on_number if one.offered_at >= now - RECENT and one.visit_id in visits), None
    )
    if recent is not None:
        return Binding(kind=BindingKind.CLOSED, entry=recent)
    return Binding(kind=BindingKind.NONE)


def is_open(entry: DeskEntry, visits: dict[str, Visit]) -> bool:
    return open_offer(entry, visits) is not None


def open_offer(entry: DeskEntry, visits: dict[str, Visit]) -> Offer | None:
    """The offer that may still be answered with a yes."""
    visit = visits.get(entry.visit_id)
    if visit is None or visit.status != VisitStatus.OFFERING or visit.cascade is None:
        return None
    offer = visit.cascade.offer(entry.offer_id)
    return offer if offer is not None and offer.is_open else None
