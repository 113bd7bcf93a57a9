"""A certificate on its way: cases in the hands of a doctor, what they write, and what they sign."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from functions.certificates.domain.appointment import Appointment
from functions.certificates.domain.assessing import DamageItem
from functions.certificates.domain.bench import Bench, Held
from functions.certificates.domain.case import (
    CaseStatus,
    CertificateCase,
    CertificateKind,
    Modality,
    Purpose,
    Reservation,
)
from functions.certificates.domain.certificate import Certificate
from functions.certificates.domain.certificate_views import CertificateIssued
from functions.certificates.domain.opinion import DamageKind, Opinion
from functions.certificates.domain.scales.scale import Side
from functions.certificates.issue_certificate import IssueCertificate, issue_certificate
from functions.certificates.save_draft import SaveDraft, save_draft
from shared.contracts.documents import Document, DocumentStatus
from shared.kernel.actors import Actor, Role
from tests.outside import START
from tests.people import ANNA, as_doctor, doctor, patient
from tests.world import TENANT, World

CASE: Final = "case-1"
DOCUMENT: Final = "document-1"
PATIENT: Final = "+48512000099"
MINE: Final = Actor(role=Role.PATIENT, tenant_id=TENANT, user_id="user-p-1", record_id="p-1")
KNEE: Final = DamageItem(code="61", side=Side.LEFT, percent=20)
OPINION: Final = Opinion(
    kind=DamageKind.PERMANENT,
    description="Ograniczenie zgięcia kolana po złamaniu, bez widoków na poprawę.",
    scale="general",
    scale_version="2025",
    items=(KNEE,),
)


def licensed(world: World, doctor_id: str = ANNA, **facts: Any) -> None:
    fitting = {"license_number": "1234567", "license_until": date(2030, 12, 31)}
    world.given(doctor(world, doctor_id, **{**fitting, **facts}))


def remote(case_id: str = CASE, doctor_id: str = ANNA, **facts: Any) -> CertificateCase:
    """Reserved by that doctor."""
    claim = Reservation(doctor_id=doctor_id, since=START, lease_until=START + timedelta(hours=2))
    return CertificateCase(
        id=case_id,
        tenant_id=TENANT,
        status=CaseStatus.RESERVED,
        modality=Modality.REMOTE,
        certificate_kind=CertificateKind.HEALTH_DAMAGE,
        purpose=Purpose.INSURANCE_CLAIM,
        patient_id="p-1",
        due_on=date(2026, 12, 1),
        reservation=claim,
        requested_at=START,
        requested_by="op-1",
    ).but(**facts)


def remote_until(lease_until: datetime) -> CertificateCase:
    return remote(reservation=Reservation(doctor_id=ANNA, since=START, lease_until=lease_until))


def stationary(starts_at: datetime, case_id: str = CASE, doctor_id: str = ANNA) -> CertificateCase:
    appointment = Appointment(
        clinic_id="c-1",
        doctor_id=doctor_id,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=30),
        zone="Europe/Warsaw",
    )
    return remote(case_id, doctor_id).but(
        status=CaseStatus.SCHEDULED, modality=Modality.STATIONARY, reservation=None, appointment=appointment
    )


def bench(*cases: CertificateCase) -> Bench:
    held = tuple(
        Held(case_id=one.id, lease_until=one.reservation.lease_until) for one in cases if one.reservation
    )
    return Bench(id=cases[0].doctor_id, tenant_id=TENANT, held=held)


def on_shelf(case_id: str = CASE, key: str = DOCUMENT, **facts: Any) -> Document:
    return Document(
        id=key,
        tenant_id=TENANT,
        shelf_id=case_id,
        status=DocumentStatus.CLEAN,
        name="Karta informacyjna ze szpitala",
        content_type="application/pdf",
        size=1000,
        uploaded_by="op-1",
        announced_at=START,
        due_at=START,
    ).but(**facts)


def at_work(world: World, case: CertificateCase | None = None, **doctor_facts: Any) -> None:
    """Anna has a case in her hands."""
    mine = case or remote()
    licensed(world, **doctor_facts)
    world.given(patient(), mine, bench(mine), on_shelf())


def writes(
    world: World, opinion: Opinion = OPINION, version: int = 0, case_id: str = CASE, by: str = ANNA
) -> int:
    """The draft's new version."""
    wanted = SaveDraft(case_id=case_id, version=version, opinion=opinion)
    return world.call(save_draft, wanted, as_=as_doctor(by)).version


def signs(
    world: World, version: int, case_id: str = CASE, by: str = ANNA, key: str = ""
) -> CertificateIssued:
    wanted = IssueCertificate(case_id=case_id, draft_version=version)
    return world.call(issue_certificate, wanted, as_=as_doctor(by), key=key)


def issued(world: World, opinion: Opinion = OPINION, case_id: str = CASE, by: str = ANNA) -> Certificate:
    """Written, signed, printed, and the patient told."""
    told = signs(world, writes(world, opinion, case_id=case_id, by=by), case_id, by)
    world.settle()
    return world.record(Certificate, told.certificate_id)
