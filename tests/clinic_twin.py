"""Integrated clinics in memory: they keep the port's promises, and break down where a test says so."""

from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum, auto

from shared.contracts.clinic_booking import (
    BookedOtherwise,
    BookingState,
    BookingStatus,
    ClinicBooking,
    ClinicRefused,
    ClinicUnknown,
    Hold,
    RefusalReason,
    Slot,
)
from tests.outside import StoppedClock

HELD_FOR = timedelta(minutes=5)
LIVE = (BookingState.HELD, BookingState.BOOKED)


class Trouble(Enum):
    """What goes wrong with one call."""

    SILENT_BEFORE = auto()  # nothing was done, and nobody says so
    SILENT_AFTER = auto()  # it was done: too slow, cut off, an empty reference, an answer that has drifted
    OTHER_TIME = auto()  # booked an hour later than asked


@dataclass(frozen=True)
class Kept:
    clinic_id: str
    slot: Slot
    state: BookingState
    booking: ClinicBooking | None = None


@dataclass
class MemoryClinics:
    """`slots` by clinic. `will(clinic, call, trouble)` scripts the next such call; while a clinic is in
    `silent` it answers nothing at all, in `unreachable` not even a connection is made. `meanwhile[call]` is
    what others do while our next such call is under way: it has taken effect and not yet been answered."""

    clock: StoppedClock
    slots: dict[str, list[Slot]] = field(default_factory=lambda: defaultdict(list))
    silent: set[str] = field(default_factory=set)
    unreachable: set[str] = field(default_factory=set)
    meanwhile: dict[str, Callable[[], None]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    kept: dict[str, Kept] = field(default_factory=dict)
    _sealed: set[str] = field(default_factory=set)
    _script: dict[tuple[str, str], deque[Trouble | RefusalReason]] = field(
        default_factory=lambda: defaultdict(deque)
    )

    # What tests say

    def has_slot(self, clinic_id: str, starts_at: datetime, minutes: int = 30) -> Slot:
        slot = Slot(
            id=f"{clinic_id}-{starts_at:%H%M}",
            clinic_id=clinic_id,
            specialization="internal_medicine",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=minutes),
        )
        self.slots[clinic_id].append(slot)
        return slot

    def will(self, clinic_id: str, call: str, trouble: Trouble | RefusalReason) -> None:
        self._script[clinic_id, call].append(trouble)

    def moves(self, key: str, starts_at: datetime) -> None:
        """The clinic gives the booking another time."""
        before = self.kept[key]
        assert before.booking is not None
        length = before.booking.ends_at - before.booking.starts_at
        moved = before.booking.but(starts_at=starts_at, ends_at=starts_at + length)
        self.kept[key] = replace(before, booking=moved)

    def ends(self, key: str, state: BookingState) -> None:
        self.kept[key] = replace(self.kept[key], state=state)

    def live(self) -> list[str]:
        """The clinics that hold or have booked something for us now."""
        return [one.clinic_id for one in self.kept.values() if one.state in LIVE]

    # The port

    def find_slots(
        self, clinic_id: str, specialization: str, window_start: datetime, window_end: datetime
    ) -> Sequence[Slot]:
        self._begin(clinic_id, "find_slots")
        taken = {one.slot.id for one in self.kept.values() if one.state in LIVE}
        free = [one for one in self.slots[clinic_id] if one.id not in taken]
        inside = [one for one in free if window_start <= one.starts_at and one.ends_at <= window_end]
        return sorted(inside, key=lambda one: (one.starts_at, one.id))

    def hold(self, clinic_id: str, slot: Slot, key: str) -> Hold:
        trouble = self._begin(clinic_id, "hold")
        self._check(slot, key)
        if key not in self.kept:
            self.kept[key] = Kept(clinic_id, slot, BookingState.HELD)
        elif self.kept[key].state == BookingState.BOOKED:
            raise ClinicUnknown  # answered with the booking, which is no hold
        self._end("hold", trouble)
        return Hold(slot_id=slot.id, expires_at=self.clock.now() + HELD_FOR)

    def book(self, clinic_id: str, slot: Slot, key: str, patient_reference: str) -> ClinicBooking:
        trouble = self._begin(clinic_id, "book")
        self._check(slot, key)
        late = timedelta(hours=1) if trouble is Trouble.OTHER_TIME else timedelta(0)
        before = self.kept.get(key)
        booking = (before.booking if before else None) or ClinicBooking(
            reference=f"ref-{key}", starts_at=slot.starts_at + late, ends_at=slot.ends_at + late
        )
        self.kept[key] = Kept(clinic_id, slot, BookingState.BOOKED, booking)
        self._end("book", trouble)
        if not booking.is_for(slot):
            raise BookedOtherwise(slot, booking)
        return booking

    def cancel(self, clinic_id: str, key: str) -> None:
        trouble = self._begin(clinic_id, "cancel", unreachable=ClinicUnknown())
        self._sealed.add(key)
        if key in self.kept:
            self.kept[key] = replace(self.kept[key], state=BookingState.CANCELLED)
        self._end("cancel", trouble)

    def status(self, clinic_id: str, key: str) -> BookingStatus:
        self._begin(clinic_id, "status", unreachable=ClinicUnknown())
        found = self.kept.get(key)
        if found is None:
            state = BookingState.CANCELLED if key in self._sealed else BookingState.UNKNOWN_KEY
            return BookingStatus(state=state)
        return BookingStatus(state=found.state, booking=found.booking)

    def _begin(self, clinic_id: str, call: str, unreachable: Exception | None = None) -> Trouble | None:
        self.said.append(f"{call} {clinic_id}")
        if clinic_id in self.unreachable:
            raise unreachable or ClinicRefused(RefusalReason.UNREACHABLE)
        if clinic_id in self.silent:
            raise ClinicUnknown
        script = self._script[clinic_id, call]
        trouble = script.popleft() if script else None
        if isinstance(trouble, RefusalReason):
            raise ClinicRefused(trouble)
        if trouble is Trouble.SILENT_BEFORE:
            raise ClinicUnknown
        return trouble

    def _check(self, slot: Slot, key: str) -> None:
        if key in self._sealed:
            raise ClinicRefused(RefusalReason.KEY_SEALED)
        mine = self.kept.get(key)
        if mine is not None and mine.slot.id != slot.id:
            raise ClinicRefused(RefusalReason.KEY_REUSED)
        others = [one for name, one in self.kept.items() if name != key and one.state in LIVE]
        if any(one.slot.id == slot.id for one in others):
            raise ClinicRefused(RefusalReason.SLOT_TAKEN)

    def _end(self, call: str, trouble: Trouble | None) -> None:
        others = self.meanwhile.pop(call, None)
        if others is not None:
            others()
        if trouble is Trouble.SILENT_AFTER:
            raise ClinicUnknown
