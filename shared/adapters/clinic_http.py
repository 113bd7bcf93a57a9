"""Booking in an integrated clinic over HTTP. An answer we cannot read is an unknown outcome, not a guess."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, TypeVar
from urllib.parse import quote

from pydantic import ValidationError

from shared.adapters.customer_wire import ANSWER_SECONDS, Answer, CustomerWire, NoAnswer, NothingSent
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

SLOTS_MAX: Final = 500

# What a 4xx means when the body carries no code that we know. The others (409 above all, which may say
# "I am still working on your first request") prove nothing and stay unknown.
DEFINITE: Final = {
    400: RefusalReason.NOT_UNDERSTOOD,
    401: RefusalReason.NOT_ADMITTED,
    403: RefusalReason.NOT_ADMITTED,
    422: RefusalReason.NOT_UNDERSTOOD,
    429: RefusalReason.TOO_MANY,
}
CODES: Final = {reason.value: reason for reason in RefusalReason}
UNKNOWN_KEY: Final = "unknown_key"

Body = Mapping[str, Any]
T = TypeVar("T")


class ClinicHttp:
    """Methods raise ClinicRefused (a definite no to this request) or ClinicUnknown (ask `status` first)."""

    def __init__(self, base_url: str, api_key: str, answer_seconds: float = ANSWER_SECONDS) -> None:
        self._wire = CustomerWire(base_url, api_key, answer_seconds)

    def find_slots(
        self, clinic_id: str, specialization: str, window_start: datetime, window_end: datetime
    ) -> list[Slot]:
        """Free slots that lie in the window, the earliest first; at most SLOTS_MAX."""
        query = {
            "specialization": specialization,
            "from": window_start.isoformat(),
            "to": window_end.isoformat(),
        }
        answer = _asked(lambda: self._wire.get(f"{_clinic(clinic_id)}/slots", query))
        found = _read(answer, lambda body: [_slot(one, clinic_id, specialization) for one in body["slots"]])
        inside = [slot for slot in found if window_start <= slot.starts_at and slot.ends_at <= window_end]
        return sorted(inside, key=lambda slot: (slot.starts_at, slot.id))[:SLOTS_MAX]

    def hold(self, clinic_id: str, slot: Slot, key: str) -> Hold:
        """Keeps the slot for a few minutes; `book` with the same key turns it into a booking."""
        answer = self._post(f"{_clinic(clinic_id)}/holds", key, _asked_for(slot))
        hold = _read(answer, Hold.model_validate)
        if hold.slot_id != slot.id:
            raise ClinicUnknown("held something else")
        return hold

    def book(self, clinic_id: str, slot: Slot, key: str, patient_reference: str) -> ClinicBooking:
        """Idempotent by key. Raises BookedOtherwise, too, when the clinic chose another time."""
        said = {**_asked_for(slot), "patient_reference": patient_reference}
        answer = self._post(f"{_clinic(clinic_id)}/bookings", key, said)
        booking = _read(answer, ClinicBooking.model_validate)
        if not booking.is_for(slot):
            raise BookedOtherwise(slot, booking)
        return booking

    def cancel(self, clinic_id: str, key: str) -> None:
        """Cancels what was booked or held, and seals the key: nothing can be booked under it any more."""
        try:
            answer = self._post(f"{_booking(clinic_id, key)}:cancel", key, {})
        except ClinicRefused as no:
            if no.reason is RefusalReason.UNREACHABLE:  # then it is still booked, as far as we know
                raise ClinicUnknown(no.reason) from None
            raise
        if _read(answer, _status).state is not BookingState.CANCELLED:
            raise ClinicUnknown("not cancelled")

    def status(self, clinic_id: str, key: str) -> BookingStatus:
        """What became of the key; raises only ClinicUnknown. See ClinicBooking.is_for, too."""
        try:
            answer = _asked(lambda: self._wire.get(_booking(clinic_id, key)))
        except ClinicRefused as no:
            raise ClinicUnknown(no.reason) from None
        # Only the clinic's own word counts: a proxy's 404 would make us book twice.
        if answer.status == 404:
            return BookingStatus(state=BookingState.UNKNOWN_KEY)
        return _read(answer, _status)

    def _post(self, path: str, key: str, said: Body) -> Answer:
        return _asked(lambda: self._wire.post(path, said, {"Idempotency-Key": key}))


def _asked(ask: Callable[[], Answer]) -> Answer:
    """The clinic's yes, or that it does not know the key. Its no, and its silence, are raised."""
    try:
        answer = ask()
    except NothingSent:
        raise ClinicRefused(RefusalReason.UNREACHABLE) from None
    except NoAnswer as trouble:
        raise ClinicUnknown(str(trouble)) from None
    if answer.status in (200, 201) or (answer.status == 404 and answer.code == UNKNOWN_KEY):
        return answer
    reason = _definite_reason(answer)
    if reason is None:
        raise ClinicUnknown(str(answer.status))
    raise ClinicRefused(reason)


def _definite_reason(answer: Answer) -> RefusalReason | None:
    if not 400 <= answer.status < 500:
        return None
    return CODES.get(answer.code) or DEFINITE.get(answer.status)


def _read(answer: Answer, read: Callable[[Body], T]) -> T:
    """What the answer says; ClinicUnknown when it has drifted, or names no reference."""
    try:
        return read(answer.body or {})
    except (ValidationError, LookupError, TypeError, ValueError):
        raise ClinicUnknown("answer not understood") from None


def _slot(body: Body, clinic_id: str, specialization: str) -> Slot:
    return Slot.model_validate({**body, "clinic_id": clinic_id, "specialization": specialization})


def _status(body: Body) -> BookingStatus:
    booking = ClinicBooking.model_validate(body) if body.get("reference") is not None else None
    return BookingStatus(state=body["status"], booking=booking)


def _asked_for(slot: Slot) -> dict[str, str]:
    """The times as well: a slot that the clinic has moved meanwhile is not the one we mean."""
    return {
        "slot_id": slot.id,
        "starts_at": slot.starts_at.isoformat(),
        "ends_at": slot.ends_at.isoformat(),
    }


def _clinic(clinic_id: str) -> str:
    return f"/v1/clinics/{quote(clinic_id, safe='')}"


def _booking(clinic_id: str, key: str) -> str:
    return f"{_clinic(clinic_id)}/bookings/{quote(key, safe='')}"
