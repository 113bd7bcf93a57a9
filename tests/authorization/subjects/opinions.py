"""What the matrix asks of opinions and certificates: a case being written, one that is issued, its papers."""

from datetime import date, timedelta
from typing import Any

from functions.certificates.domain.case import (
    CaseStatus,
    CertificateCase,
    CertificateKind,
    Modality,
    Purpose,
    Reservation,
)
from functions.certificates.domain.certificate import Certificate, Printed
from functions.certificates.domain.opinion import Draft, Opinion, draft_id
from shared.contracts.numbering import NumberSeries, VerificationKey, proof_key
from shared.contracts.papers import (
    CertificatePaper,
    PaperCheck,
    PaperDoctor,
    PaperIssuer,
    PaperModality,
    PaperPerson,
)
from shared.contracts.patients import Patient
from shared.kernel.records import Record
from shared.runtime.wiring import Wiring
from tests.authorization.parties import OWN, Ask, Asks, Party, listed, named, told
from tests.outside import START

OPINION = Opinion(description="Zdolna do pracy przy biurku.")
WRITING, ISSUED = "case-writing", "case-issued"


def number(it: Party) -> str:
    return f"VM/2026/90000{it.number}"


def code(it: Party) -> str:
    return f"CODE{it.mark}"


def records(it: Party, wiring: Wiring) -> list[Record]:
    """The patient of the cases is nobody's relative: phones of parties are those of their doctors, too."""
    tenant = it.tenant_id
    key = proof_key(tenant, number(it), code(it), wiring.seals)
    return [
        Patient(
            id=it.id("certified"),
            tenant_id=tenant,
            given_name="Zofia",
            family_name="Malinowska",
            birth_date=date(1950, 3, 14),
            created_at=START,
        ),
        _case(it, WRITING, CaseStatus.RESERVED),
        _case(it, ISSUED, CaseStatus.ISSUED),
        *(_draft(it, case) for case in (WRITING, ISSUED)),
        _certificate(it),
        NumberSeries(id=it.id("series"), tenant_id=tenant, issuer="VM", year=2025),
        VerificationKey(id=key, tenant_id=tenant, certificate_id=it.id("certificate")),
    ]


def _case(it: Party, word: str, status: CaseStatus) -> CertificateCase:
    claim = Reservation(doctor_id=it.doctor, since=START, lease_until=START + timedelta(hours=2))
    return CertificateCase(
        id=it.id(word),
        tenant_id=it.tenant_id,
        status=status,
        modality=Modality.REMOTE,
        certificate_kind=CertificateKind.HEALTH_STATE,
        purpose=Purpose.OWN_USE,
        patient_id=it.id("certified"),
        due_on=START.date(),
        reservation=claim,
        requested_at=START,
        requested_by="op-1",
    )


def _draft(it: Party, word: str) -> Draft:
    case_id = it.id(word)
    return Draft(
        id=draft_id(case_id, it.doctor),
        tenant_id=it.tenant_id,
        version=1,
        case_id=case_id,
        doctor_id=it.doctor,
        opinion_json=OPINION.model_dump_json(),
    )


def _certificate(it: Party) -> Certificate:
    paper = CertificatePaper(
        language="pl",
        issuer=PaperIssuer(name="Visita"),
        number=number(it),
        title="Zaświadczenie",
        modality=PaperModality.REMOTE,
        patient=PaperPerson(name="Zofia Malinowska", birth_date=date(1950, 3, 14)),
        examined_on=START.date(),
        issued_at=START,
        description=OPINION.description,
        doctor=PaperDoctor(name="Anna Sowa", license_number="1234567"),
        check=PaperCheck(link="https://visita.example/check", site="visita.example", code=code(it)),
    )
    return Certificate(
        id=it.id("certificate"),
        tenant_id=it.tenant_id,
        number=number(it),
        issuer="VM",
        certificate_kind=CertificateKind.HEALTH_STATE,
        case_id=it.id(ISSUED),
        patient_id=it.patient,
        doctor_id=it.doctor,
        language="pl",
        issued_at=START,
        issued_on=START.date(),
        opinion_json=OPINION.model_dump_json(),
        paper_json=paper.model_dump_json(),
        printed=Printed(sha256="0" * 64, generation=1, size=1000, at=START),
    )


def case(word: str, **more: Any) -> tuple[Ask, ...]:
    return named(word, "case_id", **more)


ASKS: Asks = {
    "amend_certificate": (
        Ask(lambda it: {"certificate_id": it.id("certificate"), "draft_version": 1, "reason": "appeal"}),
    ),
    "check_certificates": told(lambda _: {"since": str(START), "day": str(START.date())}),
    "check_promises": listed(shows=False),
    "download_certificate": named("certificate"),
    "download_my_certificate": named("certificate"),
    "issue_certificate": case(WRITING, draft_version=1),
    "list_certificates": (
        *listed(),
        Ask(lambda it: {"patient_id": it.id("patient")}, missing=200, of="patient"),
    ),
    "list_scales": listed(shows=False),
    "my_certificates": listed(),
    "print_certificate": told(lambda it: {"certificate_id": it.id("certificate")}),
    "read_certificate": named("certificate"),
    "read_draft": case(WRITING),
    "save_draft": case(WRITING, version=1, opinion=OPINION.model_dump(mode="json", exclude_defaults=True)),
    "sweep_papers": listed(shows=False),
    "tell_certificate": told(lambda it: {"certificate_id": it.id("certificate"), "news": "ready"}),
    "verify_certificate": listed(shows=False, number=number(OWN), code=code(OWN)),
    "void_certificate": named("certificate", reason="wrong_patient", note="Pomylone kartoteki."),
}
