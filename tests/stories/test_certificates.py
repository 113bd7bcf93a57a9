"""Certificates from the operator's call to the paper in the patient's hands, in both bodies of the world."""

from datetime import date, timedelta
from hashlib import sha256
from typing import Final

import pytest

from functions.certificates.amend_certificate import AmendCertificate, amend_certificate
from functions.certificates.domain.case import CaseStatus, CertificateCase
from functions.certificates.domain.certificate import Certificate
from functions.certificates.domain.opinion import DamageKind, Opinion
from functions.certificates.domain.promises import broken, case_broken
from functions.certificates.download_my_certificate import DownloadMyCertificate, download_my_certificate
from functions.certificates.list_worklist import ListWorklist, list_worklist
from functions.certificates.my_certificates import MyCertificates, my_certificates
from functions.certificates.request_certificate import (
    Remote,
    RequestCertificate,
    Stationary,
    request_certificate,
)
from functions.certificates.reserve_certificate import ReserveCertificate, reserve_certificate
from functions.certificates.sweep_papers import sweep_papers
from functions.certificates.void_certificate import VoidCertificate, void_certificate
from shared.contracts.directory import Clinic
from shared.contracts.patients import Identifier
from tests.functions.certificates.signing import KNEE, MINE, OPINION, PATIENT, licensed, signs, writes
from tests.functions.patients.people import MARIA_PESEL
from tests.outside import START
from tests.people import ANNA, PIOTR, as_doctor, patient
from tests.world import TENANT, World

FRIDAY: Final = date(2026, 11, 27)
BYTES_MAX: Final = 10_000_000


@pytest.fixture
def practice(world: World) -> World:
    key = world.wiring.seals.lookup_key(TENANT, f"pl-pesel:{MARIA_PESEL}")
    number = Identifier(system="pl-pesel", key=key, value=MARIA_PESEL, verified=True)
    clinic = Clinic(id="c-1", tenant_id=TENANT, name="Przychodnia", address="ul. Lipowa 1", city="Warszawa")
    world.given(patient(identifiers=(number,)), clinic)
    for one in (ANNA, PIOTR):
        licensed(world, one, clinic_ids=("c-1",))
    return world


def ordered(world: World, how: Remote | Stationary) -> str:
    wanted = RequestCertificate(
        patient_id="p-1", certificate_kind="health_damage", purpose="insurance_claim", how=how
    )
    case_id = world.call(request_certificate, wanted).case_id
    world.settle()
    return case_id


def remote_case(world: World) -> str:
    return ordered(world, Remote(kind="remote", due_on=FRIDAY))


def reserved(world: World, case_id: str, by: str = ANNA) -> None:
    world.call(reserve_certificate, ReserveCertificate(case_id=case_id), as_=as_doctor(by))
    world.settle()


def signed(world: World, case_id: str, opinion: Opinion = OPINION) -> Certificate:
    told = signs(world, writes(world, opinion, case_id=case_id), case_id)
    world.settle()
    return world.record(Certificate, told.certificate_id)


def in_the_patients_hands(world: World, certificate: Certificate) -> bytes:
    """The very bytes that lie in storage, by the link that the patient is given."""
    link = world.call(download_my_certificate, DownloadMyCertificate(certificate_id=certificate.id), as_=MINE)
    assert link.url
    assert certificate.printed is not None
    content = world.wiring.files.read(
        "clean", certificate.file_name, certificate.printed.generation, BYTES_MAX
    )
    assert sha256(content).hexdigest() == link.sha256
    return content


def keeps_its_promises(world: World, case_id: str) -> None:
    case = world.record(CertificateCase, case_id)
    newest = world.record(Certificate, case.certificate_id)
    all_of_it = [*(world.record(Certificate, one) for one in newest.earlier), newest]
    assert list(case_broken(case, all_of_it)) == []
    for one in all_of_it:
        assert broken(one, world.lines_of(one), world.clock.now()) == ()


def test_remote_from_the_call_to_the_paper(practice: World) -> None:
    case_id = remote_case(practice)
    (row,) = practice.call(list_worklist, ListWorklist(), as_=as_doctor(ANNA)).cases
    assert row.case_id == case_id
    reserved(practice, case_id)
    certificate = signed(practice, case_id)
    assert in_the_patients_hands(practice, certificate).startswith(b"%PDF-")
    assert practice.record(CertificateCase, case_id).status == CaseStatus.ISSUED
    assert practice.call(list_worklist, ListWorklist(), as_=as_doctor(ANNA)).cases == ()
    assert "gotowy" in practice.texts_to(PATIENT)[-1]
    keeps_its_promises(practice, case_id)


def test_stationary_from_the_call_to_the_paper(practice: World) -> None:
    at = START + timedelta(days=1)
    how = Stationary(
        kind="stationary", clinic_id="c-1", doctor_id=ANNA, starts_at=at, ends_at=at + timedelta(minutes=30)
    )
    case_id = ordered(practice, how)
    assert practice.record(CertificateCase, case_id).status == CaseStatus.SCHEDULED
    practice.advance(timedelta(days=1, hours=1))
    later = Opinion(
        kind=DamageKind.CANNOT_ASSESS_YET, description="Leczenie trwa.", reexamine_on=date(2027, 3, 1)
    )
    certificate = signed(practice, case_id, later)
    assert certificate.paper.examined_on == at.date()
    assert in_the_patients_hands(practice, certificate).startswith(b"%PDF-")
    keeps_its_promises(practice, case_id)


def test_amended_then_made_void(practice: World) -> None:
    case_id = remote_case(practice)
    reserved(practice, case_id)
    first = signed(practice, case_id)
    version = writes(practice, OPINION.but(items=(KNEE.but(percent=15),)), case_id=case_id)
    wanted = AmendCertificate(certificate_id=first.id, draft_version=version, reason="clerical_error")
    second = practice.call(amend_certificate, wanted, as_=as_doctor(ANNA))
    practice.settle()
    mine = practice.call(my_certificates, MyCertificates(), as_=MINE).certificates
    assert {one.status for one in mine} == {"issued", "superseded"}
    in_the_patients_hands(practice, practice.record(Certificate, first.id))
    keeps_its_promises(practice, case_id)
    gone = VoidCertificate(certificate_id=second.certificate_id, reason="wrong_patient", note="Pomyłka.")
    practice.call(void_certificate, gone)
    practice.settle()
    assert practice.call(my_certificates, MyCertificates(), as_=MINE).certificates == ()
    assert "wycofany" in practice.texts_to(PATIENT)[-1]
    keeps_its_promises(practice, case_id)


def test_everything_twice_changes_nothing(practice: World) -> None:
    practice.tasks_come_twice()
    case_id = remote_case(practice)
    reserved(practice, case_id)
    certificate = signed(practice, case_id)
    assert practice.log_of(certificate) == ["issued", "printed", "patient_told"]
    assert len(practice.texts_to(PATIENT)) == 1
    keeps_its_promises(practice, case_id)


def test_a_process_that_dies_before_printing_is_made_good(practice: World) -> None:
    """Nothing that was remembered survives, and the task has vanished."""
    case_id = remote_case(practice)
    reserved(practice, case_id)
    certificate = signed(practice, case_id)
    practice.given(certificate.but(printed=None))
    practice.restart()
    practice.advance(timedelta(minutes=6))
    practice.tick(sweep_papers)
    again = practice.record(Certificate, certificate.id)
    assert again.printed is not None
    assert certificate.printed is not None
    assert again.printed.sha256 == certificate.printed.sha256


def test_a_lease_that_ends_while_somebody_writes_keeps_the_draft_and_lets_another_doctor_sign(
    practice: World,
) -> None:
    case_id = remote_case(practice)
    reserved(practice, case_id)
    writes(practice, case_id=case_id)
    practice.advance(timedelta(hours=2, minutes=1))
    reserved(practice, case_id, PIOTR)
    told = signs(practice, writes(practice, case_id=case_id, by=PIOTR), case_id, PIOTR)
    practice.settle()
    assert practice.record(Certificate, told.certificate_id).doctor_id == PIOTR
    keeps_its_promises(practice, case_id)
