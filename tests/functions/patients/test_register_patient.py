"""A person is put on file once, whoever types and how often."""

import json
import threading
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from functions.patients.domain.identity import BirthDateDoesNotFit, IdentifierTaken, SexDoesNotFit
from functions.patients.domain.particulars import GuardianMissing
from functions.patients.domain.registration import OnFileWithOtherBirthDate
from functions.patients.register_patient import RegisterPatient, register_patient
from shared.adapters.memory import MemoryDocuments
from shared.contracts.patients import Patient
from shared.kernel.errors import Invalid
from shared.kernel.ports import Write
from shared.runtime.problem import Answer
from tests.functions.patients.people import (
    BABY_BORN,
    MANS_PESEL,
    MARIA_BORN,
    MARIA_PESEL,
    NEIGHBOUR_PESEL,
    OLDER_BORN,
    TOMEK_BORN,
    TOMEK_PESEL,
    keys_on_file,
    maria,
    newborn,
    passport,
    patients_on_file,
    pesel,
    register,
)
from tests.world import FOREIGN_OPERATOR, OPERATOR, World


def post(world: World, form: RegisterPatient, key: str = "") -> Answer:
    action = register_patient.declaration  # type: ignore[attr-defined]
    return world.answer(action, form.model_dump(mode="json", exclude_unset=True), OPERATOR, key)


def test_a_registered_patient_is_on_file_with_checked_numbers_and_a_phone_that_works(world: World) -> None:
    summary = register(world, maria(identifiers=(pesel("84 03 17 42128"), passport("ab 123456"))))

    patient = world.record(Patient, summary.patient_id)
    assert [(one.system, one.value, one.verified) for one in patient.identifiers] == [
        ("pl-pesel", MARIA_PESEL, True),
        ("passport-UA", "AB123456", False),
    ]
    assert patient.phone == "+48512345678"
    assert not patient.is_unverified
    assert world.log_of(patient) == ["registered"]


@pytest.mark.parametrize(
    ("system", "value", "born"),
    [
        ("cz-rc", "710319/2745", date(1971, 3, 19)),
        ("ro-cnp", "1630615123457", date(1963, 6, 15)),
        ("hr-oib", "33392005961", date(1970, 1, 1)),
        ("fr-nir", "2 95 10 99 126 111 93", date(1995, 10, 4)),
        ("gb-nhs", "943 476 5870", date(1970, 1, 1)),
    ],
)
def test_numbers_of_other_countries_are_checked_by_their_own_rules(
    world: World, system: str, value: str, born: date
) -> None:
    form = maria(identifiers=({"system": system, "value": value},), birth_date=born)
    assert not register(world, form).is_unverified

    last_digit = "1" if value[-1] != "1" else "2"
    with pytest.raises(Invalid):
        register(world, maria(identifiers=({"system": system, "value": value[:-1] + last_digit},)))


def test_a_number_belongs_to_one_patient_and_the_refusal_names_them(world: World) -> None:
    first = register(world, maria())

    answer = post(world, maria(given_name="Marya"))

    assert answer.status == 409
    assert json.loads(answer.body)["code"] == IdentifierTaken.code()
    assert json.loads(answer.body)["see"] == first.patient_id
    assert MARIA_PESEL not in answer.body.decode()
    assert patients_on_file(world) == 1


def test_one_taken_number_among_several_refuses_all_of_them(world: World) -> None:
    register(world, maria())

    with pytest.raises(IdentifierTaken):
        register(world, maria(identifiers=(passport("AB123456"), pesel(MARIA_PESEL))))

    assert (patients_on_file(world), keys_on_file(world)) == (1, 1)


def test_a_number_on_file_with_another_birth_date_overwrites_nothing(world: World) -> None:
    first = register(world, maria(identifiers=(passport("AB123456"),)))

    with pytest.raises(OnFileWithOtherBirthDate):
        register(world, maria(identifiers=(passport("AB123456"),), birth_date=OLDER_BORN))

    assert world.record(Patient, first.patient_id).birth_date == MARIA_BORN


def test_a_birth_date_that_differs_from_the_number_is_asked_about_never_fixed(world: World) -> None:
    with pytest.raises(BirthDateDoesNotFit):
        register(world, maria(birth_date=OLDER_BORN))
    assert patients_on_file(world) == 0


def test_after_asking_both_stand_and_the_number_is_not_called_verified(world: World) -> None:
    form = maria(birth_date=OLDER_BORN, identifiers=(pesel(MARIA_PESEL, confirmed=True),))

    patient = world.record(Patient, register(world, form).patient_id)

    assert patient.birth_date == OLDER_BORN
    assert [(one.value, one.verified) for one in patient.identifiers] == [(MARIA_PESEL, False)]


def test_a_number_of_the_other_sex_is_asked_about_and_may_be_confirmed(world: World) -> None:
    with pytest.raises(SexDoesNotFit):
        register(world, maria(identifiers=(pesel(MANS_PESEL),)))

    register(world, maria(identifiers=(pesel(MANS_PESEL, confirmed=True),)))
    assert patients_on_file(world) == 1


def test_the_same_request_twice_makes_one_patient_and_gives_one_answer(world: World) -> None:
    first, second = post(world, maria(), key="first-try-1"), post(world, maria(), key="first-try-1")

    assert first.status == second.status == 200
    assert first.body == second.body
    assert patients_on_file(world) == 1


def test_the_same_number_written_twice_counts_once(world: World) -> None:
    summary = register(world, maria(identifiers=(pesel(MARIA_PESEL), pesel("8403-1742128"))))

    assert len(world.record(Patient, summary.patient_id).identifiers) == 1


def test_people_born_on_one_day_with_numbers_that_look_alike_are_two_people(world: World) -> None:
    register(world, maria())
    register(world, maria(given_name="Joanna", identifiers=(pesel(NEIGHBOUR_PESEL),)))

    assert patients_on_file(world) == 2


def test_another_tenant_may_have_the_same_person(world: World) -> None:
    register(world, maria())
    world.call(register_patient, maria(), as_=FOREIGN_OPERATOR)

    assert patients_on_file(world) == 2


def test_a_minor_needs_a_guardian(world: World) -> None:
    child = maria(given_name="Tomek", sex="male", birth_date=TOMEK_BORN, identifiers=(pesel(TOMEK_PESEL),))

    with pytest.raises(GuardianMissing):
        register(world, child)

    mother = {"name": "Maria Zielińska", "relationship": "mother", "phone": "512 345 678"}
    patient = world.record(
        Patient, register(world, RegisterPatient(**{**dict(child), "guardian": mother})).patient_id
    )
    assert patient.guardian is not None
    assert patient.guardian.phone == "+48512345678"


def test_eighteen_is_of_age_on_the_birthday_in_warsaw(world: World) -> None:
    on_the_day = maria(birth_date=date(2008, 11, 24), identifiers=(passport("AB123456"),))
    a_day_short = maria(birth_date=date(2008, 11, 25), identifiers=(passport("AB123457"),))

    assert not register(world, on_the_day).is_minor
    with pytest.raises(GuardianMissing):
        register(world, a_day_short)


def test_a_newborn_is_registered_by_the_parents_number_and_flagged_unverified(world: World) -> None:
    baby = register(world, newborn())

    assert baby.is_unverified
    assert baby.is_minor


def test_twins_are_two_and_the_same_child_is_not_registered_twice(world: World) -> None:
    first = register(world, newborn(order=1))
    register(world, newborn(order=2))

    answer = post(world, newborn(order=1))

    assert json.loads(answer.body)["see"] == first.patient_id
    assert patients_on_file(world) == 2


def test_a_later_child_of_the_same_mother_is_another_child(world: World) -> None:
    register(world, newborn())
    register(world, newborn(birth_date=BABY_BORN.replace(year=2025)))

    assert patients_on_file(world) == 2


def test_an_unknown_person_may_be_registered_without_any_number(world: World) -> None:
    form = maria(given_name="NN", family_name="NN", identifiers=(), unknown=True, birth_date_estimated=True)

    summary = register(world, form)

    assert summary.is_unverified
    assert keys_on_file(world) == 0


def test_a_person_without_number_is_registered_only_on_purpose() -> None:
    with pytest.raises(ValidationError):
        maria(identifiers=())
    with pytest.raises(ValidationError):
        maria(unknown=True)


def test_a_phone_that_does_not_exist_is_refused(world: World) -> None:
    answer = post(world, maria(phone="12"))

    assert answer.status == 422
    assert json.loads(answer.body)["errors"][0]["pointer"] == "/phone"


def test_no_number_lies_open_in_the_store(world: World) -> None:
    register(world, maria(identifiers=(pesel(MARIA_PESEL), passport("AB123456"))))
    register(world, newborn())

    stored = repr(world.wiring.documents.__dict__)

    for private in (MARIA_PESEL, "AB123456", "Zielińska", "512345678"):
        assert private not in stored


class DocumentsWhereTwoMeet(MemoryDocuments):
    """The first commits of two callers wait for each other: both have read before either writes."""

    def __init__(self) -> None:
        super().__init__()
        self._both_have_read = threading.Barrier(2, timeout=30)
        self._mine = threading.local()
        self.is_quiet = True

    def commit(self, writes: Sequence[Write]) -> list[Any]:
        if not self.is_quiet and not getattr(self._mine, "met", False):
            self._mine.met = True
            self._both_have_read.wait()
        return super().commit(writes)


def test_of_two_operators_at_once_one_registers_and_the_other_is_shown_the_patient(world: World) -> None:
    world.wiring.__dict__["documents"] = documents = DocumentsWhereTwoMeet()
    world.join(OPERATOR)
    documents.is_quiet = False
    answers: list[Answer] = []

    def type_and_send(name: str) -> None:
        form = maria(given_name=name, identifiers=(pesel(MARIA_PESEL), passport("AB123456")))
        answers.append(post(world, form, key=f"from-{name}"))

    operators = [threading.Thread(target=type_and_send, args=(name,)) for name in ("Maria-A", "Maria-B")]
    for one in operators:
        one.start()
    for one in operators:
        one.join()

    won, lost = sorted(answers, key=lambda one: one.status)
    assert (won.status, lost.status) == (200, 409)
    assert json.loads(lost.body)["see"] == json.loads(won.body)["patient_id"]
    assert (patients_on_file(world), keys_on_file(world)) == (1, 2)
