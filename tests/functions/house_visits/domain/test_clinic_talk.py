"""What is said to a clinic's own system, and what its answers, refusals and silences amount to."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from functions.house_visits.domain.clinic_talk import choose_slot
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
from shared.contracts.clinic_talk import Answer, ClinicAnswer, ask_status, book, seal
from tests.functions.house_visits.domain.a_visit import NOW, at, clinic_request, slot, visit
from tests.people import AFTERNOON

BOOKING = ClinicBooking(reference="r-1", starts_at=at("13:00"), ends_at=at("14:00"))
CLOSED = RefusalReason.TOO_MANY


class Clinic:
    """A clinic that answers as it is told, or goes wrong at one word, and remembers what it was asked."""

    def __init__(self, *slots: Slot, **wrong: Exception) -> None:
        self.slots, self.state, self.wrong = slots, BookingState.BOOKED, wrong
        self.asked: list[tuple[object, ...]] = []

    def _hear(self, word: str, *asked: object) -> None:
        self.asked.append((word, *asked))
        if word in self.wrong:
            raise self.wrong[word]

    def find_slots(
        self, clinic_id: str, specialization: str, window_start: datetime, window_end: datetime
    ) -> Sequence[Slot]:
        self._hear("find", clinic_id, specialization, window_start, window_end)
        return self.slots

    def hold(self, clinic_id: str, slot: Slot, key: str) -> Hold:
        self._hear("hold", clinic_id, slot.id, key)
        return Hold(slot_id=slot.id, expires_at=NOW)

    def book(self, clinic_id: str, slot: Slot, key: str, patient_reference: str) -> ClinicBooking:
        self._hear("book", clinic_id, slot.id, key, patient_reference)
        return BOOKING

    def cancel(self, clinic_id: str, key: str) -> None:
        self._hear("cancel", clinic_id, key)

    def status(self, clinic_id: str, key: str) -> BookingStatus:
        self._hear("status", clinic_id, key)
        booked = self.state == BookingState.BOOKED
        return BookingStatus(state=self.state, booking=BOOKING if booked else None)


def test_the_first_free_slot_in_what_is_left_of_the_window_is_chosen() -> None:
    clinic = Clinic(slot("s-1"), slot("s-2", 1), slot("s-3", 2))
    request = clinic_request(slots_refused=("s-1",))
    assert choose_slot(clinic, visit(), request, NOW) == (slot("s-2", 1), "")
    assert clinic.asked == [("find", "c-1", "internal_medicine", AFTERNOON.starts_at, AFTERNOON.ends_at)]
    choose_slot(clinic, visit(), request, at("15:00"))
    assert clinic.asked[1] == ("find", "c-1", "internal_medicine", at("15:00"), AFTERNOON.ends_at)


def test_where_no_slot_is_found_it_is_said_why() -> None:
    request = clinic_request(slots_refused=("s-1",))
    for clinic, why in (
        (Clinic(), "no_slot"),
        (Clinic(slot("s-1")), "no_slot"),
        (Clinic(find=ClinicRefused(CLOSED)), "too_many"),
        (Clinic(find=ClinicUnknown()), "no_answer"),
    ):
        assert choose_slot(clinic, visit(), request, NOW) == (None, why)


def test_a_slot_is_held_and_then_booked_under_one_key() -> None:
    clinic = Clinic()
    assert book(clinic, "c-1", slot(), "v1-1-1", "p-ref") == ClinicAnswer(Answer.BOOKED, BOOKING)
    assert clinic.asked == [("hold", "c-1", "s-1", "v1-1-1"), ("book", "c-1", "s-1", "v1-1-1", "p-ref")]


@pytest.mark.parametrize("word", ["hold", "book"])
def test_what_goes_wrong_while_booking_is_a_no_or_nobody_knows(word: str) -> None:
    refused = book(Clinic(**{word: ClinicRefused(CLOSED)}), "c-1", slot(), "v1-1-1", "p-ref")
    assert refused == ClinicAnswer(Answer.NOT_BOOKED, reason="too_many")
    silent = book(Clinic(**{word: ClinicUnknown()}), "c-1", slot(), "v1-1-1", "p-ref")
    assert silent == ClinicAnswer(Answer.UNKNOWN)
    other = book(Clinic(**{word: BookedOtherwise(slot(), BOOKING)}), "c-1", slot(), "v1-1-1", "p-ref")
    assert other == ClinicAnswer(Answer.BOOKED, BOOKING)


@pytest.mark.parametrize("state", BookingState)
def test_a_clinics_status_is_the_truth(state: BookingState) -> None:
    clinic = Clinic()
    clinic.state = state
    expected = {
        BookingState.BOOKED: ClinicAnswer(Answer.BOOKED, BOOKING),
        BookingState.CANCELLED: ClinicAnswer(Answer.SEALED, reason="cancelled"),
    }.get(state, ClinicAnswer(Answer.NOT_BOOKED, reason=state.value))
    assert ask_status(clinic, "c-1", "v1-1-1") == expected
    assert clinic.asked == [("status", "c-1", "v1-1-1")]
    assert ask_status(Clinic(status=ClinicUnknown()), "c-1", "v1-1-1") == ClinicAnswer(Answer.UNKNOWN)


def test_a_key_is_sealed_when_the_clinic_says_so_and_not_before() -> None:
    clinic = Clinic()
    assert seal(clinic, "c-1", "k") == ClinicAnswer(Answer.SEALED)
    assert clinic.asked == [("cancel", "c-1", "k")]
    sealed = Clinic(cancel=ClinicRefused(RefusalReason.KEY_SEALED))
    assert seal(sealed, "c-1", "k") == ClinicAnswer(Answer.SEALED, reason="key_sealed")
    late = Clinic(cancel=ClinicRefused(RefusalReason.TOO_LATE))
    assert seal(late, "c-1", "k") == ClinicAnswer(Answer.UNKNOWN, reason="too_late")
    assert seal(Clinic(cancel=ClinicUnknown()), "c-1", "k") == ClinicAnswer(Answer.UNKNOWN)
