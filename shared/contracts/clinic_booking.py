"""Booking in an integrated clinic's own system: slots, answers, and the three ways it goes wrong.

    ClinicRefused     a definite no: nothing was booked, go on without this clinic
    ClinicUnknown     it may have booked: ask `status` by our key before anything else is started
    BookedOtherwise   a definite yes, but to something we did not ask for: take it or cancel it

When `status` answers UNKNOWN_KEY after a ClinicUnknown, the request may still be on its way. `cancel`
seals the key for ever, booked or not; only then is it safe to start something else.
"""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from shared.kernel.effects import Message
from shared.kernel.ports import OutcomeUnknown
from shared.kernel.records import Value
from shared.kernel.times import Instant

BookingKey = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$")]
"""Ours; the same for the hold, the booking, its status and its end."""
Reference = Annotated[str, Field(min_length=1, max_length=100)]
"""The clinic's own name for a booking. An empty one is no booking that anybody could find again."""


class _Sent(Value):
    model_config = ConfigDict(extra="ignore")


class _Times(_Sent):
    starts_at: Instant
    ends_at: Instant

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.starts_at >= self.ends_at:
            raise ValueError("must begin before it ends")
        return self


class Slot(_Times):
    """A free interval of an integrated clinic; `id` is the clinic's."""

    id: Annotated[str, Field(min_length=1, max_length=200)]
    clinic_id: str
    specialization: str


class ClinicBooking(_Times):
    reference: Reference

    def is_for(self, slot: Slot) -> bool:
        """Whether this is the time that was asked for. Ask it of every booking, also of one in a status."""
        return (self.starts_at, self.ends_at) == (slot.starts_at, slot.ends_at)


class Hold(_Sent):
    """The slot is kept for us until then; booking with the same key turns the hold into a booking."""

    slot_id: Annotated[str, Field(min_length=1)]
    expires_at: Instant


class BookingState(StrEnum):
    HELD = "held"
    BOOKED = "booked"
    CANCELLED = "cancelled"  # by either side, or sealed before anything was booked
    EXPIRED = "expired"  # a hold that nobody turned into a booking in time
    NO_SHOW = "no_show"
    UNKNOWN_KEY = "unknown_key"


class BookingStatus(Value):
    """`booking` is there while, and after, something was booked under the key."""

    state: BookingState
    booking: ClinicBooking | None = None

    @model_validator(mode="after")
    def _booked_has_a_booking(self) -> Self:
        if self.state is BookingState.BOOKED and self.booking is None:
            raise ValueError("booked, but what?")
        return self


class ClinicEventKind(StrEnum):
    CANCELLED = "cancelled"
    MOVED = "moved"
    NO_SHOW = "no_show"


class ClinicEvent(_Sent):
    """The clinic changed something of ours. It says what, not how: ask `status` for the rest.

    `event_id` is the same when the clinic sends it again.
    """

    event_id: Annotated[str, Field(min_length=1, max_length=100)]
    clinic_id: str
    booking_key: BookingKey
    event: ClinicEventKind
    occurred_at: Instant


class BookingChanged(Message):
    """What a clinic said of a booking that is no visit's: for whichever module knows the key."""

    clinic_id: str
    booking_key: str
    event: ClinicEventKind


class RefusalReason(StrEnum):
    """The codes of the port's problem answers, and two that only we can tell."""

    SLOT_TAKEN = "slot_taken"
    UNKNOWN_SLOT = "unknown_slot"
    UNKNOWN_CLINIC = "unknown_clinic"
    NOT_INTEGRATED = "not_integrated"
    KEY_REUSED = "key_reused"  # the same key with another slot or patient
    KEY_SEALED = "key_sealed"  # cancelled before: this key books nothing any more
    TOO_LATE = "too_late"  # it has begun: nothing to cancel
    NOT_ADMITTED = "not_admitted"
    NOT_UNDERSTOOD = "not_understood"
    TOO_MANY = "too_many"
    UNREACHABLE = "unreachable"  # no connection: the request never left us


class ClinicRefused(Exception):
    """A definite no: this request changed nothing. What an earlier one with the key did, `status` knows."""

    def __init__(self, reason: RefusalReason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class ClinicUnknown(OutcomeUnknown):
    """Timeout, 5xx, a cut line or an answer that makes no sense: it may have taken effect."""


class BookedOtherwise(Exception):
    """The clinic booked, but at another time than the slot's."""

    def __init__(self, slot: Slot, booking: ClinicBooking) -> None:
        super().__init__("booked at another time than asked")
        self.slot = slot
        self.booking = booking
