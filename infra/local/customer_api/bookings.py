"""What is held and booked in the clinics, by our key; kept in a file so that a restart forgets nothing."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter

from infra.local.clock import write_whole
from infra.local.customer_api.calendar import Interval
from infra.local.customer_api.problem import Problem

HOLD: Final = timedelta(minutes=10)
BOOKINGS_MAX: Final = 10_000

Status = Literal["held", "booked", "cancelled", "expired", "no_show"]
LIVE: Final = ("held", "booked")


class Booking(BaseModel):
    """Sealed before anything was booked: cancelled, and without a slot."""

    model_config = ConfigDict(frozen=True)

    clinic_id: str
    key: str
    status: Status
    slot_id: str = ""
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    patient_reference: str = ""
    reference: str | None = None
    expires_at: AwareDatetime | None = None

    def at(self, now: datetime) -> "Booking":
        """A hold that nobody confirmed in time has run out by itself."""
        if self.status == "held" and self.expires_at and self.expires_at <= now:
            return self.model_copy(update={"status": "expired"})
        return self

    def told(self) -> dict[str, Any]:
        """As the API shows it."""
        return self.model_dump(mode="json", exclude={"clinic_id", "patient_reference"}, exclude_none=True)


_ALL: TypeAdapter[list[Booking]] = TypeAdapter(list[Booking])


class Bookings:
    """Safe for threads; two people who want one slot at once get one booking and one conflict."""

    def __init__(self, now: Callable[[], datetime], file: Path | None = None) -> None:
        self._now = now
        self._file = file
        self._lock = threading.Lock()
        self._by_key: dict[tuple[str, str], Booking] = {}
        if file is not None and file.exists():
            self._by_key = {(one.clinic_id, one.key): one for one in _ALL.validate_json(file.read_bytes())}

    def all(self) -> list[Booking]:
        with self._lock:
            return [one.at(self._now()) for one in self._by_key.values()]

    def clear(self) -> None:
        with self._lock:
            self._by_key.clear()
            self._save()

    def get(self, clinic_id: str, key: str) -> Booking | None:
        with self._lock:
            return self._found(clinic_id, key)

    def taken(self, clinic_id: str) -> set[str]:
        return {one.slot_id for one in self.all() if one.clinic_id == clinic_id and one.status in LIVE}

    def hold(self, clinic_id: str, key: str, slot: Interval) -> Booking:
        with self._lock:
            before = self._usable(clinic_id, key, slot)
            if before is not None and before.status in LIVE:
                return before
            return self._keep(self._new(clinic_id, key, "held", slot))

    def book(self, clinic_id: str, key: str, slot: Interval, patient_reference: str) -> Booking:
        with self._lock:
            before = self._usable(clinic_id, key, slot)
            if before is not None and before.status == "booked":
                if before.patient_reference != patient_reference:
                    raise Problem("key_reused")
                return before
            new = self._new(clinic_id, key, "booked", slot)
            reference = f"B-{len(self._by_key) + 1:06}"
            told = {"patient_reference": patient_reference, "reference": reference, "expires_at": None}
            return self._keep(new.model_copy(update=told))

    def cancel(self, clinic_id: str, key: str) -> Booking:
        """Also what was never booked: from then on the key is sealed."""
        with self._lock:
            before = self._found(clinic_id, key)
            if before is None:
                return self._keep(Booking(clinic_id=clinic_id, key=key, status="cancelled"))
            if before.status == "booked" and before.starts_at and before.starts_at <= self._now():
                raise Problem("too_late")
            return self._keep(before.model_copy(update={"status": "cancelled"}))

    def change(self, clinic_id: str, key: str, **fields: object) -> None:
        """The clinic does something on its own; nothing happens to what is not there."""
        with self._lock:
            before = self._found(clinic_id, key)
            if before is not None:
                self._keep(before.model_copy(update=fields))

    def _found(self, clinic_id: str, key: str) -> Booking | None:
        found = self._by_key.get((clinic_id, key))
        return found.at(self._now()) if found else None

    def _usable(self, clinic_id: str, key: str, slot: Interval) -> Booking | None:
        """What stands under the key, if it may be gone on with; raises when slot or key are used up."""
        before = self._found(clinic_id, key)
        if before is not None and before.status in ("cancelled", "no_show"):
            raise Problem("key_sealed")
        if before is not None and before.slot_id != slot.id:
            raise Problem("key_reused")
        others = (one.at(self._now()) for one in self._by_key.values() if one.clinic_id == clinic_id)
        if any(one.key != key and one.slot_id == slot.id and one.status in LIVE for one in others):
            raise Problem("slot_taken")
        return before

    def _new(self, clinic_id: str, key: str, status: Status, slot: Interval) -> Booking:
        if len(self._by_key) >= BOOKINGS_MAX:
            raise Problem("too_many")
        return Booking(
            clinic_id=clinic_id,
            key=key,
            status=status,
            slot_id=slot.id,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            expires_at=self._now() + HOLD,
        )

    def _keep(self, booking: Booking) -> Booking:
        self._by_key[booking.clinic_id, booking.key] = booking
        self._save()
        return booking

    def _save(self) -> None:
        if self._file is not None:
            write_whole(self._file, _ALL.dump_json(list(self._by_key.values())).decode())
