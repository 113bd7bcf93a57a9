"""A certificate of fitness as a row: for an employer by the allow-list of the certificate's own law."""

from datetime import date

from functions.referrals.domain.fitness import FitnessCertificate, NextDue, PositionDecision
from functions.referrals.domain.jurisdiction import PROFILES, Seen
from shared.kernel.records import Value


class CertificateRow(Value):
    """What the reader may not see is null. `positions` without what was decided, where that is hidden.

    Never findings, who examined, nor anything of the person but the name that the employer gave.
    """

    certificate_id: str
    version: int
    employer_id: str
    employee_id: str
    referral_id: str
    given_name: str
    family_name: str
    department: str
    number: str | None = None
    status: str | None = None
    examination_type: str | None = None
    positions: tuple[str, ...] | None = None
    decisions: tuple[PositionDecision, ...] | None = None
    next_dues: tuple[NextDue, ...] | None = None
    next_due_on: date | None = None
    examined_on: date | None = None
    issued_on: date | None = None
    appealed: bool | None = None
    outside: bool | None = None
    has_paper: bool | None = None
    renewed: bool


_EVERYTHING: frozenset[Seen] = frozenset(
    {
        "number",
        "status",
        "examination_type",
        "positions",
        "decisions",
        "next_dues",
        "examined_on",
        "issued_on",
        "appeal",
        "outside",
        "paper",
    }
)


def row_of(certificate: FitnessCertificate, *, for_employer: bool) -> CertificateRow:
    """By the law that the certificate was issued under; where we do not know it, nothing that it decides."""
    profile = PROFILES.get(certificate.jurisdiction)
    seen = profile.employer_sees if profile else frozenset()
    shown = _shown(certificate, seen if for_employer else _EVERYTHING)
    return CertificateRow(
        certificate_id=certificate.id,
        version=certificate.version,
        employer_id=certificate.employer_id,
        employee_id=certificate.employee_id,
        referral_id=certificate.referral_id,
        given_name=certificate.given_name,
        family_name=certificate.family_name,
        department=certificate.department,
        renewed=certificate.renewed_by != "",
        **shown,
    )


def _shown(certificate: FitnessCertificate, seen: frozenset[Seen]) -> dict[str, object]:
    """Each field beside the word by which a law allows it."""
    fields: tuple[tuple[Seen, str, object], ...] = (
        ("number", "number", certificate.number),
        ("status", "status", certificate.status.value),
        ("examination_type", "examination_type", certificate.examination_type.value),
        ("positions", "positions", tuple(one.position for one in certificate.decisions)),
        ("decisions", "decisions", certificate.decisions),
        ("next_dues", "next_dues", certificate.next_dues),
        ("next_dues", "next_due_on", certificate.next_due_on),
        ("examined_on", "examined_on", certificate.examined_on),
        ("issued_on", "issued_on", certificate.issued_on),
        ("appeal", "appealed", certificate.appeal is not None),
        ("outside", "outside", certificate.outside),
        ("paper", "has_paper", certificate.paper_generation is not None),
    )
    return {name: value for word, name, value in fields if word in seen}
