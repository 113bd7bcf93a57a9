"""Nobody judges themselves or their household; who knows more than the files says so."""

import pytest

from functions.certificates.domain.closeness import ConflictOfInterest
from functions.certificates.release_reservation import ReleaseReservation, release_reservation
from shared.contracts.homes import Home, home_text
from tests.functions.certificates.cases import (
    known_patient,
    ordered,
    reserve,
)
from tests.people import ANNA, EWA, PIOTR, as_doctor, doctor
from tests.world import TENANT, World


def release(world: World, case_id: str, reason: str = "no_time", doctor_id: str = ANNA) -> None:
    request = ReleaseReservation.model_validate({"case_id": case_id, "reason": reason})
    world.call(release_reservation, request, as_=as_doctor(doctor_id))


def test_who_gives_a_case_back_for_conflict_is_not_asked_again(practice: World) -> None:
    case_id = ordered(practice).case_id
    reserve(practice, case_id)
    release(practice, case_id, "conflict_of_interest")
    with pytest.raises(ConflictOfInterest):
        reserve(practice, case_id)
    assert reserve(practice, case_id, PIOTR).status == "reserved"


def test_nobody_judges_themselves(practice: World) -> None:
    own = known_patient(practice).identifiers[0].key
    practice.given(doctor(practice, ANNA, person_keys=(own,)))
    with pytest.raises(ConflictOfInterest):
        reserve(practice, ordered(practice).case_id)


def test_nobody_judges_who_answers_the_same_phone(practice: World) -> None:
    practice.given(doctor(practice, EWA, phone="+48512000099"))
    with pytest.raises(ConflictOfInterest):
        reserve(practice, ordered(practice).case_id, EWA)


def test_nobody_judges_who_lives_in_the_same_home(practice: World) -> None:
    home = Home(street="ul. Kwiatowa 7/12", postcode="02-539")
    key = practice.wiring.seals.lookup_key(TENANT, home_text(home))
    practice.given(doctor(practice, PIOTR, home_key=key))
    case_id = ordered(practice, home={"street": "Kwiatowa 7 m. 12", "postcode": "02-539"}).case_id
    with pytest.raises(ConflictOfInterest):
        reserve(practice, case_id, PIOTR)
    assert reserve(practice, case_id, ANNA).status == "reserved"
