"""When and where a referred person is examined, and what a clinic's own system was asked."""

from datetime import datetime
from enum import StrEnum
from typing import Final, Self

from pydantic import Field, model_validator

from shared.contracts.clinic_booking import BookingKey, Slot
from shared.kernel.records import Value

DOCTORS_MAX: Final = 20


class BookedBy(StrEnum):
    LINK = "link"  # the person, by their personal link
    OPERATOR = "operator"
    CLINIC = "clinic"  # moved there


class Examination(Value):
    """`doctor_ids`: who may sign for it, all those who examine at that clinic. `sequence` counts what the
    person's calendar was told. `reference` is the clinic's own name for the booking, "" without a system."""

    clinic_id: str
    doctor_ids: tuple[str, ...] = Field(default=(), max_length=DOCTORS_MAX)
    starts_at: datetime
    ends_at: datetime
    booked_by: BookedBy
    booking_key: str = ""
    reference: str = ""
    sequence: int = 0
    missed: int = 0  # how often the person did not come, to this and earlier ones

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.starts_at >= self.ends_at:
            raise ValueError("must begin before it ends")
        return self


class BookingStep(StrEnum):
    BOOK = "book"  # this slot is being held and booked
    ASK = "ask"  # nobody knows whether it was
    SEAL = "seal"  # given up: the clinic must forget the key before anything else is started


class ClinicAsk(Value):
    """A booking in a clinic's own system that is on its way; `key` is ours and books at most once."""

    key: BookingKey
    slot: Slot
    doctor_ids: tuple[str, ...] = Field(default=(), max_length=DOCTORS_MAX)
    booked_by: BookedBy
    step: BookingStep = BookingStep.BOOK
    asked_at: datetime
    tries: int = 0  # how often it was asked what became of it
    reason: str = ""  # why it is being given up
    missed: int = 0
