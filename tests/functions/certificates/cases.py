"""Words of the tests about certificate cases: a patient with a number, two clinics, orders and doctors."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.reserved_view import ReservedCase
from functions.certificates.domain.views import CaseView
from functions.certificates.list_worklist import ListWorklist, list_worklist
from functions.certificates.request_certificate import (
    Remote,
    RequestCertificate,
    Stationary,
    request_certificate,
)
from functions.certificates.reserve_certificate import ReserveCertificate, reserve_certificate
from shared.contracts.directory import Clinic
from shared.contracts.patients import Identifier, Patient
from tests.clinic_twin import MemoryClinics
from tests.functions.patients.people import MARIA_PESEL
from tests.people import ANNA, EWA, JAN, PIOTR, as_doctor, doctor, patient
from tests.world import TENANT, World

FRIDAY = date(2026, 11, 27)
PHONED, BOOKED_ONLINE = "c-phoned", "c-online"
EXAMINED_AT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
LEAD = "lead@example.org"


def known_patient(world: World, **facts: object) -> Patient:
    number = Identifier(
        system="pl-pesel", key=world.wiring.seals.lookup_key(TENANT, f"pl-pesel:{MARIA_PESEL}"),
        value=MARIA_PESEL, verified=True,
    )  # fmt: skip
    return patient().but(identifiers=(number,), **facts)


def clinic(clinic_id: str, **facts: object) -> Clinic:
    return Clinic(
        id=clinic_id, tenant_id=TENANT, name="Przychodnia", address="ul. Lipowa 1", city="Warszawa",
        specializations=("internal_medicine",), integrated=clinic_id == BOOKED_ONLINE,
    ).but(**facts)  # fmt: skip


@pytest.fixture
def practice(world: World) -> World:
    """Four doctors of two clinics, one of which is booked in its own system, and a patient with a number."""
    world.settings = world.wiring.settings = world.settings.but(team_lead_mail=LEAD)
    world.wiring.__dict__["clinics"] = MemoryClinics(world.clock)
    both = (PHONED, BOOKED_ONLINE)
    world.given(
        known_patient(world), clinic(PHONED), clinic(BOOKED_ONLINE),
        *(doctor(world, one, clinic_ids=both) for one in (ANNA, PIOTR, EWA, JAN)),
    )  # fmt: skip
    return world


def order(how: Remote | Stationary, **facts: Any) -> RequestCertificate:
    wanted = {"patient_id": "p-1", "certificate_kind": "health_damage", "purpose": "insurance_claim"}
    return RequestCertificate.model_validate({**wanted, "how": how, **facts})


def from_documents(due_on: date = FRIDAY, **how: Any) -> Remote:
    return Remote(kind="remote", due_on=due_on, **how)


def at_clinic(
    clinic_id: str, starts_at: datetime = EXAMINED_AT, slot_id: str = "", by: str = ANNA
) -> Stationary:
    return Stationary(
        kind="stationary", doctor_id=by, clinic_id=clinic_id, slot_id=slot_id, starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=30),
    )  # fmt: skip


def ordered(world: World, how: Remote | Stationary | None = None, **facts: Any) -> CaseView:
    return world.call(request_certificate, order(how or from_documents(), **facts))


def booked_online(world: World, starts_at: datetime = EXAMINED_AT) -> CaseView:
    """An order for a free slot of the clinic that has a system; it has not been asked yet."""
    slot = clinics(world).has_slot(BOOKED_ONLINE, starts_at)
    return ordered(world, at_clinic(BOOKED_ONLINE, starts_at, slot.id))


def clinics(world: World) -> MemoryClinics:
    made = world.wiring.clinics
    assert isinstance(made, MemoryClinics)
    return made


def reserve(world: World, case_id: str, doctor_id: str = ANNA) -> ReservedCase:
    return world.call(reserve_certificate, ReserveCertificate(case_id=case_id), as_=as_doctor(doctor_id))


def worklist(world: World, doctor_id: str = ANNA) -> list[str]:
    page = world.call(list_worklist, ListWorklist(), as_=as_doctor(doctor_id))
    return [one.case_id for one in page.cases]


def case_of(world: World, case_id: str) -> CertificateCase:
    return world.record(CertificateCase, case_id)


def did(world: World, case_id: str) -> list[str]:
    return world.log_of(case_of(world, case_id))
