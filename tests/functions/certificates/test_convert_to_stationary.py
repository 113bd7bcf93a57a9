"""A remote case that needs an examination after all, and an examination that gets another appointment."""

from datetime import timedelta

from functions.certificates.convert_to_stationary import ConvertToStationary, convert_to_stationary
from functions.certificates.domain.case import CaseStatus, Modality
from shared.contracts.clinic_booking import RefusalReason
from tests.functions.certificates.cases import (
    BOOKED_ONLINE,
    EXAMINED_AT,
    PHONED,
    at_clinic,
    booked_online,
    case_of,
    clinics,
    ordered,
    reserve,
    worklist,
)
from tests.people import ANNA, PIOTR
from tests.world import World


def held(world: World) -> int:
    return len(clinics(world).live())


def convert(world: World, case_id: str, clinic_id: str = PHONED, slot_id: str = "") -> str:
    wish = at_clinic(clinic_id, slot_id=slot_id).model_dump(exclude={"kind"})
    return world.call(convert_to_stationary, ConvertToStationary(case_id=case_id, **wish)).status


def test_a_remote_case_becomes_an_examination_and_its_due_day_the_day_of_it(practice: World) -> None:
    case_id = ordered(practice).case_id
    reserve(practice, case_id, PIOTR)
    assert convert(practice, case_id) == "scheduled"
    after = case_of(practice, case_id)
    assert (after.modality, after.due_on) == (Modality.STATIONARY, EXAMINED_AT.date())
    assert (after.reservation, after.doctor_id) == (None, ANNA)
    assert (worklist(practice, ANNA), worklist(practice, PIOTR)) == ([case_id], [])
    practice.advance(timedelta(hours=3))
    assert case_of(practice, case_id).status == CaseStatus.SCHEDULED  # the old lease ends nothing


def test_a_conversion_that_the_clinic_refuses_leaves_the_case_in_the_pool(practice: World) -> None:
    case_id = ordered(practice).case_id
    slot = clinics(practice).has_slot(BOOKED_ONLINE, EXAMINED_AT)
    clinics(practice).will(BOOKED_ONLINE, "hold", RefusalReason.SLOT_TAKEN)
    convert(practice, case_id, BOOKED_ONLINE, slot.id)
    practice.advance(timedelta(minutes=1))
    after = case_of(practice, case_id)
    assert (after.modality, after.attention) == (Modality.REMOTE, "no_appointment")
    assert worklist(practice, PIOTR) == [case_id]


def test_another_appointment_gives_the_first_one_back(practice: World) -> None:
    case_id = booked_online(practice).case_id
    practice.settle()
    assert convert(practice, case_id) == "scheduled"
    practice.settle()
    assert held(practice) == 0
    assert case_of(practice, case_id).doctor_id == ANNA
