"""The examination of a stationary case: agreed with a clinic, or being booked in its own system.

Every step is in the store before the clinic hears of it, so that whoever comes after a crash knows what may
have been said: a slot is booked, then asked about; a request is given up, then sealed.
"""

from datetime import datetime
from enum import StrEnum

from shared.contracts.clinic_booking import BookingKey, Slot
from shared.kernel.records import Value


class Appointment(Value):
    """`key` and `reference` are ours and the clinic's name for it where its own system booked it, else ""."""

    clinic_id: str
    doctor_id: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    key: str = ""
    reference: str = ""


class BookingStep(StrEnum):
    BOOK = "book"  # this slot is being held and booked
    ASK = "ask"  # nobody knows whether it was
    SEAL = "seal"  # given up: the clinic must forget the key before anything else is started


class ClinicRequest(Value):
    """`key` is ours: by it the clinic knows the request again. A key books one slot or nothing, for ever."""

    clinic_id: str
    doctor_id: str
    zone: str
    key: BookingKey
    slot: Slot
    step: BookingStep = BookingStep.BOOK
    asked_at: datetime
    tries: int = 0  # how often it was asked what became of it
    reason: str = ""  # why it is being given up
