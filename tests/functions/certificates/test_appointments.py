"""Examinations booked in a clinic's own system: every answer may be lost, and nothing is booked twice."""

from datetime import timedelta

import pytest

from functions.certificates.cancel_certificate_case import CancelCertificateCase, cancel_certificate_case
from functions.certificates.convert_to_stationary import ConvertToStationary, convert_to_stationary
from functions.certificates.domain.booking import ClinicStillAsked, NoBookingToSettle
from functions.certificates.domain.case import CaseStatus
from functions.certificates.list_clinic_slots import (
    ClinicSilent,
    ListClinicSlots,
    NoSlotsHere,
    list_clinic_slots,
)
from functions.certificates.settle_appointment import SettleAppointment, settle_appointment
from functions.certificates.sweep_appointments import sweep_appointments
from shared.contracts.clinic_booking import RefusalReason
from shared.kernel.states import NotPossibleNow
from tests.clinic_twin import Trouble
from tests.functions.certificates.cases import (
    BOOKED_ONLINE,
    EXAMINED_AT,
    PHONED,
    at_clinic,
    booked_online,
    case_of,
    clinics,
    did,
    worklist,
)
from tests.world import World

PATIENT = "+48512000099"


def held(world: World) -> int:
    return len(clinics(world).live())


def convert(world: World, case_id: str, clinic_id: str = PHONED, slot_id: str = "") -> str:
    wish = at_clinic(clinic_id, slot_id=slot_id).model_dump(exclude={"kind"})
    return world.call(convert_to_stationary, ConvertToStationary(case_id=case_id, **wish)).status


def cancel(world: World, case_id: str) -> None:
    world.call(cancel_certificate_case, CancelCertificateCase(case_id=case_id, reason="patient_asked"))


def test_a_free_slot_is_held_and_booked(practice: World) -> None:
    practice.tasks_come_twice()
    case = booked_online(practice)
    assert (case.status, case.clinic_asked) == ("unknown_outcome", BOOKED_ONLINE)
    assert worklist(practice) == []
    practice.settle()
    after = case_of(practice, case.case_id)
    assert after.appointment is not None
    assert (after.status, after.appointment.starts_at) == (CaseStatus.SCHEDULED, EXAMINED_AT)
    assert after.appointment.reference
    assert worklist(practice) == [case.case_id]
    assert held(practice) == 1
    assert len(practice.texts_to(PATIENT)) == 1


def test_a_clinic_that_booked_and_did_not_say_so_is_asked_before_anything_else(practice: World) -> None:
    clinics(practice).will(BOOKED_ONLINE, "book", Trouble.SILENT_AFTER)
    case_id = booked_online(practice).case_id
    practice.settle()
    with pytest.raises(NotPossibleNow):
        convert(practice, case_id)
    practice.advance(timedelta(minutes=2))
    assert case_of(practice, case_id).status == CaseStatus.SCHEDULED
    assert held(practice) == 1


def test_a_request_that_never_arrived_books_nothing_later(practice: World) -> None:
    clinics(practice).will(BOOKED_ONLINE, "hold", Trouble.SILENT_BEFORE)
    case_id = booked_online(practice).case_id
    practice.advance(timedelta(minutes=5))
    after = case_of(practice, case_id)
    assert (after.status, after.attention) == (CaseStatus.PENDING, "no_appointment")
    assert held(practice) == 0
    assert worklist(practice) == []  # an examination without an appointment is nobody's to take


def test_a_slot_that_is_gone_waits_for_the_operator_to_choose_another(practice: World) -> None:
    clinics(practice).will(BOOKED_ONLINE, "hold", RefusalReason.SLOT_TAKEN)
    case_id = booked_online(practice).case_id
    practice.advance(timedelta(minutes=1))
    assert case_of(practice, case_id).attention == "no_appointment"
    slot = clinics(practice).has_slot(BOOKED_ONLINE, EXAMINED_AT + timedelta(hours=1))
    wish = at_clinic(BOOKED_ONLINE, slot.starts_at, slot.id).model_dump(exclude={"kind"})
    practice.call(convert_to_stationary, ConvertToStationary(case_id=case_id, **wish))
    practice.settle()
    assert case_of(practice, case_id).status == CaseStatus.SCHEDULED


def test_a_booking_at_another_time_is_given_back(practice: World) -> None:
    clinics(practice).will(BOOKED_ONLINE, "book", Trouble.OTHER_TIME)
    case_id = booked_online(practice).case_id
    practice.advance(timedelta(minutes=1))
    assert case_of(practice, case_id).status == CaseStatus.PENDING
    assert held(practice) == 0
    assert practice.texts_to(PATIENT) == []


def test_a_lost_task_is_made_up_for_by_the_sweeper(practice: World) -> None:
    case_id = booked_online(practice).case_id
    practice.queue.pending.clear()
    practice.advance(timedelta(minutes=5))
    practice.tick(sweep_appointments)
    practice.advance(timedelta(minutes=5))
    assert case_of(practice, case_id).status == CaseStatus.PENDING  # it was never asked, and will not be


def test_a_clinic_that_stays_silent_is_phoned(practice: World) -> None:
    case_id = booked_online(practice).case_id
    clinics(practice).silent.add(BOOKED_ONLINE)
    practice.settle()
    booked = SettleAppointment(case_id=case_id, outcome="booked")
    with pytest.raises(ClinicStillAsked):
        practice.call(settle_appointment, booked)
    practice.advance(timedelta(minutes=30))
    assert case_of(practice, case_id).attention == "clinic_does_not_answer"
    assert practice.call(settle_appointment, booked).status == "scheduled"
    with pytest.raises(NoBookingToSettle):
        practice.call(settle_appointment, booked)


def test_what_the_phone_denies_is_sealed_as_soon_as_the_clinic_listens_again(practice: World) -> None:
    clinics(practice).will(BOOKED_ONLINE, "book", Trouble.SILENT_AFTER)
    case_id = booked_online(practice).case_id
    practice.settle()
    clinics(practice).silent.add(BOOKED_ONLINE)
    practice.advance(timedelta(minutes=30))
    practice.call(settle_appointment, SettleAppointment(case_id=case_id, outcome="not_booked"))
    practice.advance(timedelta(hours=1))
    assert case_of(practice, case_id).attention == "clinic_not_released"
    clinics(practice).silent.clear()
    practice.advance(timedelta(hours=1))
    assert held(practice) == 0


def test_a_cancelled_examination_is_given_back_and_the_patient_is_told(practice: World) -> None:
    practice.tasks_come_twice()
    case_id = booked_online(practice).case_id
    practice.settle()
    cancel(practice, case_id)
    practice.settle()
    assert held(practice) == 0
    assert len(practice.texts_to(PATIENT)) == 2
    assert "odwolane" in practice.texts_to(PATIENT)[-1]
    assert did(practice, case_id)[-2:] == ["cancelled", "patient_told"]


def test_cancelled_while_the_clinic_has_not_answered_nothing_stays_booked(practice: World) -> None:
    clinics(practice).will(BOOKED_ONLINE, "book", Trouble.SILENT_AFTER)
    case_id = booked_online(practice).case_id
    practice.settle()
    cancel(practice, case_id)
    practice.advance(timedelta(minutes=10))
    assert held(practice) == 0
    assert practice.texts_to(PATIENT) == []


def test_free_slots_are_listed_the_earliest_first(practice: World) -> None:
    late = clinics(practice).has_slot(BOOKED_ONLINE, EXAMINED_AT + timedelta(hours=2))
    early = clinics(practice).has_slot(BOOKED_ONLINE, EXAMINED_AT)
    wanted = ListClinicSlots(clinic_id=BOOKED_ONLINE, specialization="internal_medicine")
    assert [one.slot_id for one in practice.call(list_clinic_slots, wanted).slots] == [early.id, late.id]
    elsewhere = ListClinicSlots(clinic_id=PHONED, specialization="internal_medicine")
    with pytest.raises(NoSlotsHere):
        practice.call(list_clinic_slots, elsewhere)
    clinics(practice).silent.add(BOOKED_ONLINE)
    with pytest.raises(ClinicSilent):
        practice.call(list_clinic_slots, wanted)
