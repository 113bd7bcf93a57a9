"""Booking in a clinic's own system: every answer and every silence has one meaning and one next step."""

import pytest

from functions.house_visits.domain.clinic_booking import (
    ATTEMPTS_MAX,
    ATTENTION_AFTER,
    TRIES_MAX,
    NoClinicToBook,
    answered,
    ask_clinics,
    fits,
    slot_chosen,
    start_over,
)
from functions.house_visits.domain.clinic_letters import (
    ResolveBooking,
    is_asked,
    is_due,
    resolve_timer,
    visit_of,
)
from functions.house_visits.domain.clinic_request import BookingStep
from functions.house_visits.domain.clinic_settling import (
    NothingToSettle,
    NotInWindow,
    StillAsking,
    settled_booked,
    settled_not_booked,
)
from functions.house_visits.domain.visit import Visit
from functions.house_visits.domain.winning import TooLate
from shared.contracts.clinic_booking import ClinicBooking, RefusalReason
from shared.contracts.clinic_talk import Answer, ClinicAnswer
from tests.functions.house_visits.domain.a_visit import (
    CLOSES,
    MINUTE,
    NOW,
    asking_clinic,
    at,
    slot,
    visit,
    won_by_clinic,
)
from tests.functions.house_visits.domain.told import said, told
from tests.people import AFTERNOON

UNKNOWN = ClinicAnswer(Answer.UNKNOWN)
BOOKED = ClinicAnswer(
    Answer.BOOKED, ClinicBooking(reference="r-9", starts_at=at("14:00"), ends_at=at("15:00"))
)  # fmt: skip
SLOT_TAKEN = RefusalReason.SLOT_TAKEN.value


def refused(reason: str) -> ClinicAnswer:
    return ClinicAnswer(Answer.SEALED, reason=reason)


def test_the_first_clinic_is_asked_and_the_others_are_kept_for_later() -> None:
    before = visit(attention="doctor_wrote")
    clinics = [f"c-{number}" for number in range(1, 8)]
    assert told(before, ask_clinics(before, clinics, "", NOW)) == said(
        """
        clinic_asked clinic_id=c-1 clinics=5
          status: requested > unknown_outcome
          clinic_request: - > ClinicRequest(clinic_id=c-1 key=v1-1-1 asked_at=24th 09:00
            clinics_left=[c-2, c-3, c-4, c-5])
          attention: doctor_wrote > ""
          due_at: - > 24th 09:03
          Later key=book-v1-1-1-choose-0 message=BookAtClinic(visit_id=v1 key=v1-1-1) at=24th 09:00
        """
    )


def test_who_asks_a_clinic_that_something_speaks_against_says_why() -> None:
    decision = ask_clinics(visit(), ["c-1"], "the patient insists", NOW)
    assert (decision.note, decision.manual) == ("the patient insists", True)


def test_a_clinic_is_asked_only_if_there_is_one_and_time_is_left() -> None:
    with pytest.raises(NoClinicToBook):
        ask_clinics(visit(), [], "", NOW)
    with pytest.raises(TooLate):
        ask_clinics(visit(), ["c-1"], "", CLOSES)
    assert ask_clinics(visit(), ["c-1"], "", CLOSES - MINUTE).did == "clinic_asked"


def test_a_slot_is_in_the_store_before_the_clinic_hears_of_it() -> None:
    before = asking_clinic(step=BookingStep.CHOOSE, slot=None).but(due_at=NOW)
    assert told(before, slot_chosen(before, slot("s-2", 1), "", NOW)) == said(
        """
        slot_chosen clinic_id=c-1 slot_id=s-2
          clinic_request.step: choose > book
          clinic_request.slot: - > Slot(starts_at=24th 14:00 ends_at=24th 15:00 id=s-2 clinic_id=c-1
            specialization=internal_medicine)
          due_at: 24th 09:00 > 24th 09:03
          Later key=book-v1-1-1-book-0 message=BookAtClinic(visit_id=v1 key=v1-1-1) at=24th 09:00
        """
    )


def test_a_clinic_without_a_slot_is_followed_by_the_next() -> None:
    before = asking_clinic(
        step=BookingStep.CHOOSE, slot=None, slots_refused=("s-0",), clinics_left=("c-2", "c-3")
    ).but(attention="x", due_at=NOW)
    assert told(before, slot_chosen(before, None, "no_slot", NOW)) == said(
        """
        clinic_refused clinic_id=c-1 reason=no_slot next_clinic_id=c-2
          clinic_request.clinic_id: c-1 > c-2
          clinic_request.key: v1-1-1 > v1-1-2
          clinic_request.asked_at: 24th 08:59 > 24th 09:00
          clinic_request.attempt: 1 > 2
          clinic_request.slots_refused.0: s-0 > -
          clinic_request.clinics_left.0: c-2 > c-3
          clinic_request.clinics_left.1: c-3 > -
          attention: x > ""
          due_at: 24th 09:00 > 24th 09:03
          Later key=book-v1-1-2-choose-0 message=BookAtClinic(visit_id=v1 key=v1-1-2) at=24th 09:00
        """
    )


def test_a_clinics_yes_books_the_visit() -> None:
    before = asking_clinic().but(attention="clinic_does_not_answer")
    assert told(before, answered(before, BOOKED, NOW)) == said(
        """
        booked clinic_id=c-1 channel=clinic
          status: unknown_outcome > booked
          epoch: 1 > 2
          winner: - > Winner(channel=clinic clinic_id=c-1 starts_at=24th 14:00 ends_at=24th 15:00
            won_at=24th 09:00)
          clinic_request.reference: "" > r-9
          attention: clinic_does_not_answer > ""
          due_at: 24th 09:03 > -
          Later key=patient-v1-2-booked message=NotifyPatient(visit_id=v1 epoch=2 news=booked) at=24th
            09:00
          Publish key=booked-v1-2 message=VisitBooked(visit_id=v1 epoch=2)
        """
    )


def test_another_time_is_taken_if_the_patient_is_at_home_then() -> None:
    begins, ends = AFTERNOON.starts_at, AFTERNOON.ends_at
    for starts_at, ends_at, does in (
        (begins, ends, True),
        (begins - MINUTE, ends, False),
        (begins, ends + MINUTE, False),
    ):
        assert fits(visit(), ClinicBooking(reference="r", starts_at=starts_at, ends_at=ends_at)) is does


def test_a_booking_for_a_time_at_which_nobody_is_at_home_is_given_up() -> None:
    morning = ClinicBooking(reference="r-9", starts_at=at("08:00"), ends_at=at("09:00"))
    before = asking_clinic()
    assert told(before, answered(before, ClinicAnswer(Answer.BOOKED, morning), NOW)) == said(
        """
        clinic_given_up clinic_id=c-1 reason=other_time
          clinic_request.step: book > seal
          clinic_request.tries: 0 > 1
          clinic_request.reason: "" > other_time
          due_at: 24th 09:03 > 24th 09:00
          Later key=resolve-v1-1-1-1 message=ResolveBooking(visit_id=v1 key=v1-1-1 tries=1) at=24th 09:00
        """
    )


def test_a_no_is_sealed_before_anything_else_is_started() -> None:
    before = asking_clinic(tries=2)
    assert told(before, answered(before, ClinicAnswer(Answer.NOT_BOOKED, reason="closed"), NOW)) == said(
        """
        clinic_given_up clinic_id=c-1 reason=closed
          clinic_request.step: book > seal
          clinic_request.tries: 2 > 3
          clinic_request.reason: "" > closed
          due_at: 24th 09:03 > 24th 09:00
          Later key=resolve-v1-1-1-3 message=ResolveBooking(visit_id=v1 key=v1-1-1 tries=3) at=24th 09:00
        """
    )


def test_silence_is_asked_about_after_growing_delays() -> None:
    before = asking_clinic()
    assert told(before, answered(before, UNKNOWN, NOW)) == said(
        """
        clinic_did_not_answer clinic_id=c-1 tries=1
          clinic_request.step: book > ask
          clinic_request.tries: 0 > 1
          due_at: 24th 09:03 > 24th 09:00:30
          Later key=resolve-v1-1-1-1 message=ResolveBooking(visit_id=v1 key=v1-1-1 tries=1) at=24th
            09:00:30
        """
    )
    waits = []
    after = before
    for _ in range(9):
        after = answered(after, UNKNOWN, NOW).record
        assert after.due_at is not None
        waits.append((after.due_at - NOW).total_seconds() / 60)
    assert waits == [0.5, 1, 2, 4, 8, 15, 15, 15, 15]


def test_before_long_a_person_hears_that_a_clinic_is_silent() -> None:
    assert answered(asking_clinic(tries=ATTENTION_AFTER - 2), UNKNOWN, NOW).record.attention == ""
    heard = answered(asking_clinic(tries=ATTENTION_AFTER - 1), UNKNOWN, NOW)
    assert heard.record.attention == "clinic_does_not_answer"
    kept = asking_clinic().but(attention="doctor_wrote")
    assert answered(kept, UNKNOWN, NOW).record.attention == "doctor_wrote"


def test_after_a_day_of_silence_only_a_person_can_go_on() -> None:
    assert answered(asking_clinic(tries=TRIES_MAX - 2), UNKNOWN, NOW).effects != ()
    before = asking_clinic(tries=TRIES_MAX - 1)
    assert told(before, answered(before, UNKNOWN, NOW)) == said(
        """
        clinic_did_not_answer clinic_id=c-1 tries=100
          clinic_request.step: book > ask
          clinic_request.tries: 99 > 100
          attention: "" > clinic_does_not_answer
          due_at: 24th 09:03 > -
        """
    )


def test_a_seal_that_is_not_confirmed_is_asked_for_again() -> None:
    before = asking_clinic(step=BookingStep.SEAL, reason="closed", tries=1)
    after = answered(before, UNKNOWN, NOW).record.clinic_request
    assert after is not None
    assert (after.step, after.tries, after.reason) == (BookingStep.SEAL, 2, "closed")


def test_a_slot_that_is_gone_is_followed_by_another_of_the_same_clinic() -> None:
    before = asking_clinic(tries=3, reason=SLOT_TAKEN)
    assert told(before, answered(before, refused(""), NOW)) == said(
        """
        clinic_refused clinic_id=c-1 reason=slot_taken next_clinic_id=c-1
          clinic_request.key: v1-1-1 > v1-1-2
          clinic_request.step: book > choose
          clinic_request.slot: Slot > -
          clinic_request.asked_at: 24th 08:59 > 24th 09:00
          clinic_request.attempt: 1 > 2
          clinic_request.tries: 3 > 0
          clinic_request.reason: slot_taken > ""
          clinic_request.slots_refused.0: - > s-1
          Later key=book-v1-1-2-choose-0 message=BookAtClinic(visit_id=v1 key=v1-1-2) at=24th 09:00
        """
    )
    unknown_slot = answered(asking_clinic(), refused(RefusalReason.UNKNOWN_SLOT), NOW)
    assert unknown_slot.details["next_clinic_id"] == "c-1"


def test_a_clinic_whose_slots_are_gone_three_times_is_left_for_the_next() -> None:
    second = answered(asking_clinic(slots_refused=("s-0",)), refused(SLOT_TAKEN), NOW)
    assert second.details["next_clinic_id"] == "c-1"
    before = asking_clinic(slots_refused=("s-0", "s-00"))
    assert told(before, answered(before, refused(SLOT_TAKEN), NOW)) == said(
        """
        clinic_refused clinic_id=c-1 reason=slot_taken next_clinic_id=c-2
          clinic_request.clinic_id: c-1 > c-2
          clinic_request.key: v1-1-1 > v1-1-2
          clinic_request.step: book > choose
          clinic_request.slot: Slot > -
          clinic_request.asked_at: 24th 08:59 > 24th 09:00
          clinic_request.attempt: 1 > 2
          clinic_request.slots_refused.0: s-0 > -
          clinic_request.slots_refused.1: s-00 > -
          clinic_request.clinics_left.0: c-2 > -
          Later key=book-v1-1-2-choose-0 message=BookAtClinic(visit_id=v1 key=v1-1-2) at=24th 09:00
        """
    )


def test_where_no_clinic_is_left_the_visit_waits_for_a_person() -> None:
    before = asking_clinic(clinics_left=())
    assert told(before, answered(before, refused("closed"), NOW)) == said(
        """
        no_clinic_booked clinic_id=c-1 reason=closed
          status: unknown_outcome > requested
          epoch: 1 > 2
          clinic_request: ClinicRequest > -
          attention: "" > no_clinic_booked
          due_at: 24th 09:03 > -
        """
    )


def test_keys_and_time_are_not_used_up_without_end() -> None:
    assert answered(asking_clinic(attempt=ATTEMPTS_MAX - 1), refused("closed"), NOW).did == "clinic_refused"
    assert answered(asking_clinic(attempt=ATTEMPTS_MAX), refused("closed"), NOW).did == "no_clinic_booked"
    assert answered(asking_clinic(), refused("closed"), CLOSES).did == "no_clinic_booked"
    assert answered(asking_clinic(), refused("closed"), CLOSES - MINUTE).did == "clinic_refused"


def test_a_task_that_is_lost_before_anything_was_asked_is_sent_again() -> None:
    before = asking_clinic(step=BookingStep.CHOOSE, slot=None).but(due_at=NOW)
    assert told(before, start_over(before, NOW)) == said(
        """
        clinic_asked_again clinic_id=c-1
          clinic_request.tries: 0 > 1
          due_at: 24th 09:00 > 24th 09:03
          Later key=book-v1-1-1-choose-1 message=BookAtClinic(visit_id=v1 key=v1-1-1) at=24th 09:00
        """
    )


def test_a_key_names_its_visit_and_foreign_keys_name_none() -> None:
    assert [visit_of(key) for key in ("v1-2-3", "v-1-2-3")] == ["v1", "v-1"]
    for foreign in ("v1-2-x", "v1-x-2", "v1-2", "v1", ""):
        assert visit_of(foreign) == ""


def test_a_request_is_asked_about_while_its_outcome_is_unknown_and_by_its_own_timer() -> None:
    asked = asking_clinic(tries=2)
    assert is_asked(asked, "v1-1-1")
    assert not is_asked(asked, "v1-1-2")
    assert not is_asked(won_by_clinic(), "v1-1-1")
    assert not is_asked(asked.but(clinic_request=None), "v1-1-1")
    assert is_due(asked, ResolveBooking(visit_id="v1", key="v1-1-1", tries=2))
    assert not is_due(asked, ResolveBooking(visit_id="v1", key="v1-1-1", tries=1))
    assert not is_due(asked, ResolveBooking(visit_id="v1", key="v1-1-2", tries=2))
    assert resolve_timer(asked, NOW).key == "resolve-v1-1-1-2"


def waiting() -> Visit:
    return asking_clinic(tries=ATTENTION_AFTER).but(attention="clinic_does_not_answer")


def test_a_person_who_phoned_the_clinic_says_what_is_booked() -> None:
    before = waiting()
    assert told(before, settled_booked(before, at("14:00"), at("15:00"), NOW)) == said(
        """
        booked clinic_id=c-1 channel=clinic by hand
          status: unknown_outcome > booked
          epoch: 1 > 2
          winner: - > Winner(channel=clinic clinic_id=c-1 starts_at=24th 14:00 ends_at=24th 15:00
            won_at=24th 09:00)
          clinic_request.reference: "" > by-phone
          attention: clinic_does_not_answer > ""
          due_at: 24th 09:03 > -
          Later key=patient-v1-2-booked message=NotifyPatient(visit_id=v1 epoch=2 news=booked) at=24th
            09:00
          Publish key=booked-v1-2 message=VisitBooked(visit_id=v1 epoch=2)
        """
    )


def test_a_person_who_phoned_the_clinic_says_that_nothing_is_booked() -> None:
    before = waiting()
    assert told(before, settled_not_booked(before, NOW)) == said(
        """
        no_clinic_booked clinic_id=c-1 reason=by-phone by hand
          status: unknown_outcome > requested
          epoch: 1 > 2
          clinic_request: ClinicRequest > -
          attention: clinic_does_not_answer > ""
          due_at: 24th 09:03 > -
          Later key=release-v1-1-1-0 message=CancelAtClinic(visit_id=v1 clinic_id=c-1 key=v1-1-1) at=24th
            09:00
        """
    )


@pytest.mark.parametrize(
    ("starts", "ends"), [("14:00", "14:00"), ("15:00", "14:00"), ("12:59", "14:00"), ("16:00", "17:01")]
)
def test_what_is_booked_must_lie_in_the_window(starts: str, ends: str) -> None:
    with pytest.raises(NotInWindow):
        settled_booked(waiting(), at(starts), at(ends), NOW)


def test_only_a_clinic_that_has_been_silent_for_a_while_is_settled_by_hand() -> None:
    with pytest.raises(StillAsking):
        settled_not_booked(asking_clinic(tries=ATTENTION_AFTER - 1), NOW)
    for settle in (visit(), won_by_clinic()):
        with pytest.raises(NothingToSettle):
            settled_not_booked(settle, NOW)
        with pytest.raises(NothingToSettle):
            settled_booked(settle, at("14:00"), at("15:00"), NOW)
