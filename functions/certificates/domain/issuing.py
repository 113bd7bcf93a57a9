"""Signing: who may, on the day of signing, and what it makes: a certificate with a number of its own.

All of it is one commit: case, certificate, number, the key by which strangers check it. The paper is printed
afterwards; until then the certificate exists and says that its paper is being prepared.
"""

from datetime import date, datetime
from typing import Literal

from functions.certificates.domain.case import CaseEvent, CaseStatus, CertificateCase
from functions.certificates.domain.certificate import VERSIONS_MAX, Certificate, CertificateEvent
from functions.certificates.domain.certificate_paper import Named, Signing, examined_on, paper_of
from functions.certificates.domain.closeness import of_patient, refuse_conflict
from functions.certificates.domain.opinion import found
from functions.certificates.domain.printing import print_soon
from functions.certificates.domain.reserving import held_by
from shared.contracts.directory import Doctor
from shared.kernel.errors import Conflict
from shared.kernel.ports import Seals
from shared.kernel.records import Decision

AmendReason = Literal["clerical_error", "new_documents", "reexamination", "appeal", "other"]


class NotLicensed(Conflict):
    """You cannot sign today: your license is not on file or has ended. Ask your administrator."""


class NotYourSpecialization(Conflict):
    """This certificate must be signed by a doctor of another specialization: give the case back."""


class NotExaminedYet(Conflict):
    """The examination has not taken place yet: sign on its day or later."""


class PatientGone(Conflict):
    """The patient's record was erased or merged too often to follow: ask the operator before you sign."""


class TooManyVersions(Conflict):
    """This certificate has been amended as often as it may: have it made void, and open a new case."""


def check_doctor(doctor: Doctor, case: CertificateCase, day: date) -> None:
    """On the day of signing, whatever held before. Raises NotLicensed, NotYourSpecialization."""
    if not doctor.active:
        raise NotLicensed("You are not listed as a practising doctor.")
    if not doctor.license_number:
        raise NotLicensed("No license number is on file.")
    if doctor.license_until is not None and doctor.license_until < day:
        raise NotLicensed(f"Your license ended on {doctor.license_until.isoformat()}.")
    if case.specialization and case.specialization not in doctor.specializations:
        raise NotYourSpecialization(f"It must be {case.specialization}.")


def signed(
    signing: Signing, certificate_id: str, named: Named, seals: Seals, before: Certificate | None = None
) -> Certificate:
    """The certificate, checked in every respect that does not depend on the state of the case.

    `before`: the one whose place it takes. Raises what check_doctor, refuse_conflict, found, paper_of raise.
    """
    case, opinion = signing.case, signing.opinion
    check_doctor(signing.doctor, case, signing.day)
    refuse_conflict(case.closeness, case.excluded_doctors, signing.doctor)
    refuse_conflict(of_patient(signing.patient, None, seals), (), signing.doctor)
    if before is not None and len(before.earlier) >= VERSIONS_MAX - 1:
        raise TooManyVersions
    paper = paper_of(signing, found(opinion, case, signing.day), named)
    return Certificate(
        id=certificate_id,
        tenant_id=case.tenant_id,
        number=named.number,
        issuer=signing.issuer.code,
        certificate_kind=case.certificate_kind,
        case_id=case.id,
        patient_id=signing.patient.id,
        doctor_id=signing.doctor.id,
        language=case.language,
        issued_at=signing.now,
        issued_on=signing.day,
        opinion_json=opinion.model_dump_json(),
        paper_json=paper.model_dump_json(),
        earlier=(*before.earlier, before.id) if before else (),
        supersedes_number=named.supersedes_number,
    )


def check_case(case: CertificateCase, doctor_id: str, now: datetime) -> None:
    """Raises NotPossibleNow, NotReserved where the lease is over, NotExaminedYet."""
    case.after(CaseEvent.ISSUE)
    if case.status == CaseStatus.RESERVED:
        held_by(case, doctor_id, now)
    if case.day_of(now) < examined_on(case, now):
        raise NotExaminedYet


def issued(case: CertificateCase, certificate: Certificate, now: datetime) -> Decision[CertificateCase]:
    """Whoever looks at the case finds its certificate."""
    after = case.after(
        CaseEvent.ISSUE,
        certificate_id=certificate.id,
        issued_at=now,
        arm=case.arm + 1,
        epoch=case.epoch + 1,
        attention="",
        look_at=None,
    )
    return Decision(after, "issued", _named(certificate), (print_soon(certificate, now),))


def superseded(old: Certificate, new: Certificate, reason: AmendReason, note: str) -> Decision[Certificate]:
    """The old one stays readable, and says what has taken its place. Raises NotPossibleNow."""
    after = old.after(CertificateEvent.SUPERSEDE, superseded_by=new.id, superseded_by_number=new.number)
    return Decision(after, "superseded", {**_named(new), "reason": reason}, note=note, manual=True)


def amended(case: CertificateCase, certificate: Certificate, now: datetime) -> Decision[CertificateCase]:
    """The case points to the newest."""
    after = case.but(certificate_id=certificate.id, epoch=case.epoch + 1)
    return Decision(after, "certificate_amended", _named(certificate), (print_soon(certificate, now),))


def _named(certificate: Certificate) -> dict[str, str | int | float | bool]:
    return {"certificate_id": certificate.id, "number": certificate.number}
