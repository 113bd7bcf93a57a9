"""Who is on the phone: found, not found, or contradicting, and always what to ask next."""

import json

import pytest

from functions.patients.domain.identification import Ask, Outcome
from functions.patients.domain.identity import Newborn
from functions.patients.domain.particulars import BirthDateImpossible
from functions.patients.domain.texts import QUESTIONS
from functions.patients.identify_patient import IdentifyPatient, identify_patient
from shared.contracts.patients import Patient
from shared.kernel.errors import NotAllowed, Refusal
from shared.runtime.marks import AuditEvent
from tests.functions.patients.people import (
    BABY_BORN,
    MARIA_BORN,
    MARIA_PESEL,
    NEIGHBOUR_PESEL,
    OLDER_BORN,
    count,
    identify,
    maria,
    newborn,
    passport,
    pesel,
    register,
)
from tests.world import ADMIN, FOREIGN_OPERATOR, OPERATOR, World


def test_a_patient_is_found_by_number_and_birth_date(world: World) -> None:
    registered = register(world, maria())

    found = identify(world, MARIA_BORN, pesel("840317 42128"))

    assert found.outcome == Outcome.FOUND
    assert found.patient is not None
    assert found.patient.patient_id == registered.patient_id
    assert (found.patient.given_name, found.patient.is_minor) == ("Maria", False)
    assert found.ask == Ask.NOTHING


def test_any_of_several_numbers_finds_the_patient(world: World) -> None:
    registered = register(world, maria(identifiers=(pesel(MARIA_PESEL), passport("AB 123456"))))

    found = identify(world, MARIA_BORN, passport("ab123456"))

    assert found.patient is not None
    assert found.patient.patient_id == registered.patient_id


def test_who_is_not_on_file_is_to_be_registered(world: World) -> None:
    found = identify(world, MARIA_BORN, pesel(MARIA_PESEL))

    assert (found.outcome, found.ask) == (Outcome.NOT_FOUND, Ask.REGISTER)
    assert found.question == "There is no such patient. Register them."


def test_a_birth_date_alone_asks_for_a_number(world: World) -> None:
    found = identify(world, MARIA_BORN)

    assert (found.outcome, found.ask) == (Outcome.NOT_FOUND, Ask.IDENTIFIER)


def test_an_unknown_passport_asks_for_another_number_first(world: World) -> None:
    found = identify(world, MARIA_BORN, passport("AB123456"))

    assert (found.outcome, found.ask) == (Outcome.NOT_FOUND, Ask.ANOTHER_IDENTIFIER)


def test_a_number_that_names_another_birth_date_asks_which_is_wrong(world: World) -> None:
    registered = register(world, maria())

    found = identify(world, OLDER_BORN, pesel(MARIA_PESEL))

    assert (found.outcome, found.ask) == (Outcome.CONFLICT, Ask.WHICH_IS_WRONG)
    assert found.patient is None
    assert found.see == (registered.patient_id,)


def test_a_number_on_file_with_another_birth_date_is_a_conflict_and_shows_nobody(world: World) -> None:
    registered = register(world, maria(identifiers=(passport("AB123456"),)))

    found = identify(world, OLDER_BORN, passport("AB123456"))

    assert (found.outcome, found.ask) == (Outcome.CONFLICT, Ask.BIRTH_DATE_ON_FILE)
    assert found.patient is None
    assert found.see == (registered.patient_id,)


def test_numbers_of_two_people_are_a_conflict(world: World) -> None:
    first = register(world, maria())
    second = register(world, maria(identifiers=(pesel(NEIGHBOUR_PESEL),)))

    found = identify(world, MARIA_BORN, pesel(MARIA_PESEL), pesel(NEIGHBOUR_PESEL))

    assert (found.outcome, found.ask) == (Outcome.CONFLICT, Ask.ONE_PERSON)
    assert set(found.see) == {first.patient_id, second.patient_id}


def test_a_mistyped_digit_is_refused_with_the_reason_and_without_the_number(world: World) -> None:
    wrong = MARIA_PESEL[:-1] + "9"
    request = {"identifiers": [{"system": "pl-pesel", "value": wrong}], "birth_date": "1984-03-17"}

    answer = world.answer(identify_patient.declaration, request, OPERATOR)  # type: ignore[attr-defined]

    problem = json.loads(answer.body)
    assert answer.status == 422
    assert problem["errors"][0]["pointer"] == "/identifiers/0/value"
    assert "check digit" in problem["errors"][0]["detail"]
    assert wrong not in answer.body.decode()


def test_two_swapped_digits_are_caught(world: World) -> None:
    with pytest.raises(Refusal, match="check digit"):
        identify(world, MARIA_BORN, pesel("84031724128"))


def test_a_birth_date_in_the_future_is_asked_for_again(world: World) -> None:
    with pytest.raises(BirthDateImpossible):
        identify(world, MARIA_BORN.replace(year=2027), passport("AB123456"))


def test_a_newborn_is_found_by_the_parents_number(world: World) -> None:
    baby = register(world, newborn())

    found = identify(world, BABY_BORN, newborn=Newborn(parent=pesel(MARIA_PESEL)))

    assert found.patient is not None
    assert found.patient.patient_id == baby.patient_id
    assert found.patient.is_unverified


def test_a_merged_record_leads_to_the_one_that_holds_the_history(world: World) -> None:
    old = register(world, maria())
    new = register(world, maria(identifiers=(passport("AB123456"),)))
    world.given(world.record(Patient, old.patient_id).but(merged_into=new.patient_id))

    found = identify(world, MARIA_BORN, pesel(MARIA_PESEL))

    assert found.patient is not None
    assert found.patient.patient_id == new.patient_id


def test_another_tenant_finds_nobody(world: World) -> None:
    register(world, maria())
    asked = IdentifyPatient(identifiers=(pesel(MARIA_PESEL),), birth_date=MARIA_BORN)

    assert world.call(identify_patient, asked, as_=FOREIGN_OPERATOR).outcome == Outcome.NOT_FOUND


def test_only_operators_identify(world: World) -> None:
    with pytest.raises(NotAllowed):
        world.call(identify_patient, IdentifyPatient(birth_date=MARIA_BORN), as_=ADMIN)


def test_looking_somebody_up_is_written_to_the_audit(world: World) -> None:
    before = count(world, AuditEvent.kind)

    identify(world, MARIA_BORN, pesel(MARIA_PESEL))

    assert count(world, AuditEvent.kind) == before + 1


def test_every_question_is_asked_in_polish_and_english() -> None:
    assert set(QUESTIONS) == set(Ask)
    assert all(set(words) == {"pl", "en"} for words in QUESTIONS.values())
