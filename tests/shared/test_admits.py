"""Whom records admit: every kind of record, every role, every scope, in one table."""

from datetime import date
from itertools import product

import pytest

from functions.certificates.domain.bench import Bench
from functions.certificates.domain.case import CaseEvent
from functions.house_visits.domain.diary import Diary
from functions.house_visits.domain.offer import OfferStatus
from shared.contracts.circles import Circle
from shared.contracts.clinic_index_head import ClinicIndexHead
from shared.contracts.directory import Clinic, Employer, ServicePackage
from shared.contracts.documents import Shelf
from shared.kernel.actors import STAFF, Actor, Role, Scope, system
from shared.kernel.records import Record
from tests.authorization.parties import OWN
from tests.authorization.records import examples
from tests.functions.certificates.domain.test_case import a_case, held_by
from tests.functions.house_visits.domain.a_visit import doctor, offer, searching, visit, won_by_anna
from tests.members import member_of
from tests.people import ANNA, EWA, PIOTR, patient
from tests.world import TENANT


class Plain(Record):
    """A record that says nothing about who may touch it."""

    kind = "plain"


def who(role: Role, record_id: str = "") -> Actor:
    return Actor(role=role, tenant_id=TENANT, user_id="u", record_id=record_id)


def admitted(record: Record, *, of: dict[Role, str]) -> set[tuple[str, str]]:
    """Every role and scope that the record lets in; `of`: whom the person of a role stands for."""
    pairs = product(Role, Scope)
    return {
        (role.value, scope.value)
        for role, scope in pairs
        if record.admits(who(role, of.get(role, "")), scope)
    }


STAFF_IN_ANY = {(role.value, scope.value) for role, scope in product(STAFF, Scope)}
STAFF_IN_TENANT = {(role.value, "tenant") for role in STAFF}
EVERYBODY = {(role.value, scope.value) for role, scope in product(Role, Scope)}
ASKED = searching(offer(ANNA, OfferStatus.DELIVERED), offer(EWA))
DAY = date(2026, 11, 24)
WON = won_by_anna(offer(PIOTR, OfferStatus.LOST))
EMPLOYER = Employer(
    id="e-1", tenant_id=TENANT, name="Firma", address="ul. Polna 1", city="Warszawa", email="e@example.org"
)
CLINIC = Clinic(id="c-1", tenant_id=TENANT, name="Przychodnia", address="ul. Polna 1", city="Warszawa")


@pytest.mark.parametrize(
    ("record", "of", "others"),
    [
        (Plain(id="x", tenant_id=TENANT), {}, STAFF_IN_TENANT),
        (patient(), {Role.PATIENT: "p-1"}, STAFF_IN_TENANT | {("patient", "own"), ("doctor", "assigned")}),
        (patient(), {Role.PATIENT: "p-2"}, STAFF_IN_TENANT | {("doctor", "assigned")}),
        (EMPLOYER, {Role.EMPLOYER: "e-1"}, STAFF_IN_ANY | {("employer", "own")}),
        (EMPLOYER, {Role.EMPLOYER: "e-2", Role.PATIENT: "e-1", Role.DOCTOR: "e-1"}, STAFF_IN_ANY),
        (a_case(), {Role.DOCTOR: ANNA, Role.PATIENT: "p-2"}, STAFF_IN_ANY | {("doctor", "offered")}),
        (a_case(), {Role.PATIENT: "patient-1"}, STAFF_IN_ANY | {("patient", "own"), ("doctor", "offered")}),
        (
            held_by(ANNA),
            {Role.DOCTOR: ANNA},
            STAFF_IN_ANY | {("doctor", "offered"), ("doctor", "assigned")},
        ),
        (held_by(ANNA), {Role.DOCTOR: PIOTR}, STAFF_IN_ANY | {("doctor", "offered")}),
        (held_by(ANNA).after(CaseEvent.CANCEL), {Role.DOCTOR: ANNA}, STAFF_IN_ANY),
        (a_case(modality="stationary"), {Role.DOCTOR: ANNA}, STAFF_IN_ANY),
        (
            Bench(id=ANNA, tenant_id=TENANT),
            {Role.DOCTOR: ANNA},
            STAFF_IN_ANY | {("doctor", scope.value) for scope in Scope},
        ),
        (Bench(id=ANNA, tenant_id=TENANT), {Role.DOCTOR: PIOTR, Role.PATIENT: ANNA}, STAFF_IN_ANY),
        (CLINIC, {}, EVERYBODY),
        (doctor(ANNA), {}, EVERYBODY),
        (Diary(id=ANNA, tenant_id=TENANT), {Role.DOCTOR: PIOTR, Role.PATIENT: ANNA}, STAFF_IN_ANY),
        (
            Diary(id=ANNA, tenant_id=TENANT),
            {Role.DOCTOR: ANNA},
            STAFF_IN_ANY | {("doctor", scope.value) for scope in Scope},
        ),
        (visit(), {Role.PATIENT: "p-1"}, STAFF_IN_ANY | {("patient", "own")}),
        (visit(), {Role.PATIENT: "p-2", Role.EMPLOYER: "p-1"}, STAFF_IN_ANY),
        (ASKED, {Role.DOCTOR: ANNA}, STAFF_IN_ANY | {("doctor", "offered")}),
        (ASKED, {Role.DOCTOR: EWA}, STAFF_IN_ANY),
        (won_by_anna(), {Role.DOCTOR: ANNA}, STAFF_IN_ANY | {("doctor", "offered"), ("doctor", "assigned")}),
        (WON, {Role.DOCTOR: PIOTR}, STAFF_IN_ANY | {("doctor", "offered")}),
        (won_by_anna(), {Role.DOCTOR: ""}, STAFF_IN_ANY),
        (
            member_of(who(Role.OPERATOR)),
            {},
            {("admin", "tenant"), ("system", "tenant")} | {(role.value, "own") for role in Role},
        ),
        (
            member_of(who(Role.OPERATOR).but(user_id="somebody else")),
            {},
            {("admin", "tenant"), ("system", "tenant")},
        ),
    ],
)  # fmt: skip
def test_a_record_admits_its_own_people_and_staff(
    record: Record, of: dict[Role, str], others: set[tuple[str, str]]
) -> None:
    assert admitted(record, of=of) == others


def test_a_package_is_shown_to_the_employer_who_bought_it() -> None:
    package = ServicePackage(
        id="pk-1", tenant_id=TENANT, employer_id="e-1", name="Standard", valid_from=DAY, valid_until=DAY
    )  # fmt: skip
    assert package.admits(who(Role.EMPLOYER, "e-1"), Scope.OWN)
    assert not package.admits(who(Role.EMPLOYER, "pk-1"), Scope.OWN)


def test_the_index_of_clinics_is_everybodys() -> None:
    head = ClinicIndexHead.model_construct(id="head", tenant_id=TENANT)
    assert admitted(head, of={}) == EVERYBODY


def test_a_visit_that_nobody_won_belongs_to_no_doctor_not_even_to_one_without_a_name() -> None:
    won_by_clinic = won_by_anna().but(winner=won_by_anna().winner.but(doctor_id=""))  # type: ignore[union-attr]  # there is one
    assert not won_by_clinic.is_won_by("")
    assert not visit().is_won_by(ANNA)


def test_staff_are_operators_administrators_and_the_system_itself() -> None:
    assert {role.value for role in Role if role.is_staff} == {"operator", "admin", "system"}
    assert who(Role.ADMIN).is_staff
    assert not who(Role.DOCTOR).is_staff
    assert system("vm", "tasks").model_dump() == {
        "role": Role.SYSTEM, "tenant_id": "vm", "user_id": "tasks", "record_id": "",
    }  # fmt: skip


ONE_OF_EACH = {kind: found[0] for kind, found in examples(OWN).items()}


@pytest.mark.parametrize(
    ("kind", "names", "role"),
    [
        ("employees", "patient_id", Role.PATIENT),
        ("referrals", "patient_id", Role.PATIENT),
        ("fitness_certificates", "patient_id", Role.PATIENT),
        ("fitness_certificates", "doctor_id", Role.DOCTOR),
        ("notice_preferences", "record_id", Role.DOCTOR),
    ],
)
def test_who_stands_for_nobody_is_not_the_nobody_that_a_record_names(
    kind: str, names: str, role: Role
) -> None:
    blank = ONE_OF_EACH[kind].but(**{names: "", **({"role": role} if names == "record_id" else {})})
    assert not any(blank.admits(who(role), scope) for scope in Scope)


def test_a_patient_with_the_id_of_a_doctor_is_no_doctor() -> None:
    circle, shelf = ONE_OF_EACH["circles"], ONE_OF_EACH["shelves"]
    assert isinstance(circle, Circle)
    assert isinstance(shelf, Shelf)
    for record, doctor_id in ((circle, circle.worker_id), (shelf, shelf.doctor_ids[0])):
        assert record.admits(who(Role.DOCTOR, doctor_id), Scope.CASE)
        assert not record.admits(who(Role.PATIENT, doctor_id), Scope.CASE)
