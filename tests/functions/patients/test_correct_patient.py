"""A record is corrected without losing what it said before, and numbers go with the person they belong to."""

import json
from typing import Any

import pytest

from functions.patients.correct_patient import CorrectPatient, correct_patient
from functions.patients.domain.correction import (
    EndedIdentifier,
    NoSuchIdentifier,
    ParentNumberMissing,
    RecordMerged,
)
from functions.patients.domain.identity import BirthDateDoesNotFit, IdentifierTaken, Newborn
from functions.patients.domain.particulars import DeathDateImpossible, GuardianGiven, GuardianMissing
from functions.patients.domain.views import PatientView
from shared.contracts.patients import NEWBORN, IdentifierKey, Patient
from shared.kernel.errors import NotAllowed, NotFound, Stale
from tests.functions.patients.people import (
    BABY_BORN,
    BABY_PESEL,
    MARIA_BORN,
    MARIA_PESEL,
    NEIGHBOUR_PESEL,
    OLDER_BORN,
    identify,
    keys_on_file,
    maria,
    newborn,
    passport,
    pesel,
    register,
)
from tests.world import ADMIN, FOREIGN_OPERATOR, OPERATOR, World


def correct(world: World, patient_id: str, version: int | None = None, **changes: Any) -> PatientView:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return world.call(correct_patient, CorrectPatient(patient_id=patient_id, **changes), headers=headers)


def test_what_is_sent_changes_and_the_rest_stays(world: World) -> None:
    before = register(world, maria())

    after = correct(world, before.patient_id, family_name="Zielińska-Nowak", email="maria@example.com")

    assert (after.given_name, after.family_name) == ("Maria", "Zielińska-Nowak")
    assert after.email == "maria@example.com"
    assert after.phone == "+48512345678"
    assert after.version == before.version + 1
    assert world.log_of(world.record(Patient, before.patient_id)) == ["registered", "corrected"]


def test_the_log_names_fields_and_never_what_they_hold(world: World) -> None:
    patient = register(world, maria())
    correct(world, patient.patient_id, given_name="Mariola", add_identifiers=(passport("AB123456"),))

    line = world.wiring.documents.read([f"patients/{patient.patient_id}/activity/000002"])

    (snapshot,) = line.values()
    assert snapshot is not None
    assert snapshot.fields["details"] == {"fields": "given_name,identifiers"}


def test_a_correction_of_an_older_version_is_refused(world: World) -> None:
    patient = register(world, maria())
    correct(world, patient.patient_id, patient.version, given_name="Mariola")

    with pytest.raises(Stale):
        correct(world, patient.patient_id, patient.version, given_name="Marysia")


def test_a_correction_that_changes_nothing_writes_no_line(world: World) -> None:
    patient = register(world, maria())

    after = correct(world, patient.patient_id, given_name="Maria", add_identifiers=(pesel(MARIA_PESEL),))

    assert after.version == patient.version


def test_a_phone_is_emptied_by_an_empty_text_and_left_alone_by_null(world: World) -> None:
    patient = register(world, maria())

    assert correct(world, patient.patient_id, phone=None, given_name=None).phone == "+48512345678"
    assert correct(world, patient.patient_id, phone="").phone == ""


def test_a_new_number_finds_the_patient_and_the_old_one_still_does(world: World) -> None:
    patient = register(world, maria())
    (old,) = world.record(Patient, patient.patient_id).identifiers

    after = correct(
        world,
        patient.patient_id,
        end_identifiers=(EndedIdentifier(key=old.key),),
        add_identifiers=(pesel(NEIGHBOUR_PESEL),),
    )

    assert [(one.value, one.is_current) for one in after.identifiers] == [
        (MARIA_PESEL, False),
        (NEIGHBOUR_PESEL, True),
    ]
    for number in (MARIA_PESEL, NEIGHBOUR_PESEL):
        found = identify(world, MARIA_BORN, pesel(number)).patient
        assert found is not None
        assert found.patient_id == patient.patient_id


def test_a_number_that_stood_there_in_error_is_kept_in_history_and_free_for_its_owner(world: World) -> None:
    wrong = register(world, maria())
    (number,) = world.record(Patient, wrong.patient_id).identifiers
    correct(world, wrong.patient_id, end_identifiers=(EndedIdentifier(key=number.key, in_error=True),))

    right = register(world, maria(given_name="Joanna"))

    assert world.record(IdentifierKey, number.key).patient_id == right.patient_id
    kept = world.record(Patient, wrong.patient_id)
    assert [(one.value, one.in_error) for one in kept.identifiers] == [(MARIA_PESEL, True)]
    assert kept.is_unverified


def test_a_number_of_somebody_else_is_refused_and_nothing_changes(world: World) -> None:
    owner = register(world, maria())
    other = register(world, maria(identifiers=(passport("AB123456"),)))
    action = correct_patient.declaration  # type: ignore[attr-defined]
    fields = {
        "patient_id": other.patient_id,
        "given_name": "Joanna",
        "add_identifiers": [{"system": "pl-pesel", "value": MARIA_PESEL}],
    }

    answer = world.answer(action, fields, OPERATOR)

    assert json.loads(answer.body)["code"] == IdentifierTaken.code()
    assert json.loads(answer.body)["see"] == owner.patient_id
    assert world.record(Patient, other.patient_id).given_name == "Maria"
    assert keys_on_file(world) == 2


def test_an_identifier_that_is_not_on_the_record_cannot_end(world: World) -> None:
    patient = register(world, maria())

    with pytest.raises(NoSuchIdentifier):
        correct(world, patient.patient_id, end_identifiers=(EndedIdentifier(key="elsewhere"),))


def test_a_new_birth_date_is_held_against_the_numbers_on_file(world: World) -> None:
    patient = register(world, maria())

    with pytest.raises(BirthDateDoesNotFit):
        correct(world, patient.patient_id, birth_date=OLDER_BORN)

    after = correct(world, patient.patient_id, birth_date=OLDER_BORN, birth_date_confirmed=True)
    assert after.birth_date == OLDER_BORN
    assert [one.verified for one in after.identifiers] == [False]


def test_a_newborn_that_gets_a_number_is_verified_and_still_found_by_the_parent(world: World) -> None:
    baby = register(world, newborn())

    after = correct(world, baby.patient_id, given_name="Hania", add_identifiers=(pesel(BABY_PESEL),))

    assert not after.is_unverified
    assert [(one.system, one.is_current) for one in after.identifiers] == [
        (NEWBORN, False),
        ("pl-pesel", True),
    ]
    found = identify(world, BABY_BORN, newborn=Newborn(parent=pesel(MARIA_PESEL))).patient
    assert found is not None
    assert found.patient_id == baby.patient_id


def test_a_newborns_birth_date_moves_with_the_parents_number(world: World) -> None:
    baby = register(world, newborn())
    right_day = BABY_BORN.replace(day=21)
    with pytest.raises(ParentNumberMissing):
        correct(world, baby.patient_id, birth_date=right_day)

    parent = Newborn(parent=pesel(MARIA_PESEL))
    correct(world, baby.patient_id, birth_date=right_day, newborn=parent)

    found = identify(world, right_day, newborn=parent).patient
    assert found is not None
    assert found.patient_id == baby.patient_id
    assert identify(world, BABY_BORN, newborn=parent).patient is None


def test_a_death_is_recorded_and_can_be_taken_back(world: World) -> None:
    patient = register(world, maria())
    with pytest.raises(DeathDateImpossible):
        correct(world, patient.patient_id, deceased_on=MARIA_BORN.replace(year=1983))

    correct(world, patient.patient_id, deceased_on=BABY_BORN)
    summary = identify(world, MARIA_BORN, pesel(MARIA_PESEL)).patient
    assert summary is not None
    assert summary.is_deceased

    assert correct(world, patient.patient_id, deceased_on=None).deceased_on is None


def test_a_minor_does_not_lose_the_guardian(world: World) -> None:
    baby = register(world, newborn())

    with pytest.raises(GuardianMissing):
        correct(world, baby.patient_id, guardian=None)

    father = GuardianGiven(name="Piotr Zieliński", relationship="father")
    after = correct(world, baby.patient_id, guardian=father)
    assert after.guardian is not None
    assert after.guardian.relationship == "father"


def test_a_merged_record_is_not_corrected(world: World) -> None:
    patient = register(world, maria())
    world.given(world.record(Patient, patient.patient_id).but(merged_into="another"))

    with pytest.raises(RecordMerged):
        correct(world, patient.patient_id, given_name="Mariola")


def test_only_operators_of_the_same_tenant_correct(world: World) -> None:
    patient = register(world, maria())
    request = CorrectPatient(patient_id=patient.patient_id, given_name="Mariola")

    with pytest.raises(NotFound):
        world.call(correct_patient, request, as_=FOREIGN_OPERATOR)
    with pytest.raises(NotAllowed):
        world.call(correct_patient, request, as_=ADMIN)
