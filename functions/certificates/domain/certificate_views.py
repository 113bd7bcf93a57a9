"""What callers see of a certificate: everything for its doctor and the staff, the paper for the patient."""

from datetime import date, datetime

from functions.certificates.domain.certificate import Certificate
from functions.certificates.domain.opinion import Opinion
from shared.kernel.records import Value


class CertificateIssued(Value):
    """`paper_ready`: whether the PDF can be downloaded already; it is printed within moments."""

    certificate_id: str
    case_id: str
    number: str
    issued_at: datetime
    total_percent: int | None
    paper_ready: bool


class CertificateView(Value):
    """`version` is the ETag. `sha256` is of the PDF as it lies in storage, "" until it does."""

    certificate_id: str
    version: int
    status: str
    number: str
    certificate_kind: str
    case_id: str
    patient_id: str
    doctor_id: str
    issued_at: datetime
    issued_on: date
    opinion: Opinion
    total_percent: int | None
    supersedes: str
    supersedes_number: str
    superseded_by: str
    superseded_by_number: str
    void_reason: str
    voided_at: datetime | None
    sha256: str
    paper_ready: bool


class CertificateRow(Value):
    """A row of a list: nothing of what was found."""

    certificate_id: str
    number: str
    status: str
    certificate_kind: str
    case_id: str
    patient_id: str
    doctor_id: str
    issued_on: date
    paper_ready: bool


class OwnCertificate(Value):
    """As the patient sees it. A superseded one says which number has taken its place."""

    certificate_id: str
    number: str
    status: str
    title: str
    issued_on: date
    doctor: str
    superseded_by_number: str
    paper_ready: bool


def issued_view(certificate: Certificate) -> CertificateIssued:
    return CertificateIssued(
        certificate_id=certificate.id,
        case_id=certificate.case_id,
        number=certificate.number,
        issued_at=certificate.issued_at,
        total_percent=_total(certificate),
        paper_ready=certificate.printed is not None,
    )


def certificate_view(it: Certificate) -> CertificateView:
    return CertificateView(
        certificate_id=it.id,
        version=it.version,
        status=it.status,
        number=it.number,
        certificate_kind=it.certificate_kind,
        case_id=it.case_id,
        patient_id=it.patient_id,
        doctor_id=it.doctor_id,
        issued_at=it.issued_at,
        issued_on=it.issued_on,
        opinion=it.opinion,
        total_percent=_total(it),
        supersedes=it.supersedes,
        supersedes_number=it.supersedes_number,
        superseded_by=it.superseded_by,
        superseded_by_number=it.superseded_by_number,
        void_reason=it.void_reason,
        voided_at=it.voided_at,
        sha256=it.printed.sha256 if it.printed else "",
        paper_ready=it.printed is not None,
    )


def row_of(it: Certificate) -> CertificateRow:
    return CertificateRow(
        certificate_id=it.id,
        number=it.number,
        status=it.status,
        certificate_kind=it.certificate_kind,
        case_id=it.case_id,
        patient_id=it.patient_id,
        doctor_id=it.doctor_id,
        issued_on=it.issued_on,
        paper_ready=it.printed is not None,
    )


def own_view(it: Certificate) -> OwnCertificate:
    paper = it.paper
    return OwnCertificate(
        certificate_id=it.id,
        number=it.number,
        status=it.status,
        title=paper.title,
        issued_on=it.issued_on,
        doctor=paper.doctor.name,
        superseded_by_number=it.superseded_by_number,
        paper_ready=it.printed is not None,
    )


def _total(certificate: Certificate) -> int | None:
    total = certificate.paper.total_percent
    return None if total is None else int(total)
