"""What is being asked of a clinic's own system, and how far that has come.

Every step is in the store before the clinic hears of it, so that whoever comes after a crash knows what may
have been said: a slot is chosen, then booked; a request is given up, then sealed.
"""

from datetime import datetime
from enum import StrEnum

from shared.contracts.clinic_booking import BookingKey, Slot
from shared.kernel.records import Value


class BookingStep(StrEnum):
    CHOOSE = "choose"  # a free slot is looked for: nothing has been asked yet
    BOOK = "book"  # this slot is being held and booked
    ASK = "ask"  # nobody knows whether it was
    SEAL = "seal"  # given up: the clinic must forget the key before anything else is started


class ClinicRequest(Value):
    """`key` is ours: by it the clinic knows the request again. A key books one slot or nothing, for ever."""

    clinic_id: str
    key: BookingKey
    step: BookingStep = BookingStep.CHOOSE
    slot: Slot | None = None
    asked_at: datetime
    attempt: int = 1  # how many keys this visit has used up in its epoch
    tries: int = 0  # how often it was asked what became of this one
    reason: str = ""  # why it is being given up
    slots_refused: tuple[str, ...] = ()  # of this clinic
    clinics_left: tuple[str, ...] = ()  # the next ones to try where this one refuses
    reference: str = ""
