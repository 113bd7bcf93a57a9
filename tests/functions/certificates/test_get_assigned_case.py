"""The patient behind a case: shown to who works on it, and to nobody else."""

import pytest

from functions.certificates.domain.reserving import (
    LEASE,
)
from functions.certificates.get_assigned_case import GetAssignedCase, get_assigned_case
from shared.kernel.errors import NotFound
from tests.functions.certificates.cases import (
    known_patient,
    ordered,
    reserve,
)
from tests.outside import START
from tests.people import ANNA, PIOTR, as_doctor
from tests.world import World


def test_the_patient_is_shown_to_who_has_the_case_and_to_no_other_doctor(practice: World) -> None:
    case_id = ordered(practice).case_id
    with pytest.raises(NotFound):
        practice.call(get_assigned_case, GetAssignedCase(case_id=case_id), as_=as_doctor(ANNA))
    reserve(practice, case_id)
    shown = practice.call(get_assigned_case, GetAssignedCase(case_id=case_id), as_=as_doctor(ANNA))
    assert shown.patient is not None
    assert shown.patient.family_name == "Malinowska"
    assert shown.lease_until == START + LEASE
    with pytest.raises(NotFound):
        practice.call(get_assigned_case, GetAssignedCase(case_id=case_id), as_=as_doctor(PIOTR))


def test_a_merged_patient_is_shown_under_the_record_that_holds_the_history(practice: World) -> None:
    case_id = ordered(practice).case_id
    reserve(practice, case_id)
    practice.given(
        known_patient(practice, merged_into="p-2"), known_patient(practice, id="p-2", given_name="Helena")
    )
    shown = practice.call(get_assigned_case, GetAssignedCase(case_id=case_id), as_=as_doctor(ANNA))
    assert shown.patient is not None
    assert shown.patient.given_name == "Helena"
