"""What a doctor and the examined person see of a certificate of fitness; employers see `projection`."""

from datetime import date, datetime

from functions.referrals.domain.fitness import FitnessCertificate, NextDue, PositionDecision
from shared.kernel.records import Value


class OwnFitness(Value):
    """As the examined person sees it."""

    certificate_id: str
    version: int
    number: str
    status: str
    examination_type: str
    decisions: tuple[PositionDecision, ...]
    next_dues: tuple[NextDue, ...]
    screen_glasses: bool
    examined_on: date
    issued_on: date
    outside: bool
    appealed_on: date | None
    examine_by: date | None
    superseded_by: str
    has_paper: bool


class DoctorFitness(OwnFitness):
    """As who signed it sees it."""

    referral_id: str
    findings: str
    issued_at: datetime


def own_fitness(certificate: FitnessCertificate) -> OwnFitness:
    return OwnFitness.model_validate(_shown(certificate))


def doctor_fitness(certificate: FitnessCertificate) -> DoctorFitness:
    more = {
        "referral_id": certificate.referral_id,
        "findings": certificate.findings,
        "issued_at": certificate.issued_at,
    }
    return DoctorFitness.model_validate({**_shown(certificate), **more})


def _shown(certificate: FitnessCertificate) -> dict[str, object]:
    appeal = certificate.appeal
    return {
        "certificate_id": certificate.id,
        "version": certificate.version,
        "number": certificate.number,
        "status": certificate.status.value,
        "examination_type": certificate.examination_type.value,
        "decisions": certificate.decisions,
        "next_dues": certificate.next_dues,
        "screen_glasses": certificate.screen_glasses,
        "examined_on": certificate.examined_on,
        "issued_on": certificate.issued_on,
        "outside": certificate.outside,
        "appealed_on": appeal.lodged_on if appeal else None,
        "examine_by": appeal.examine_by if appeal else None,
        "superseded_by": certificate.superseded_by,
        "has_paper": certificate.paper_generation is not None,
    }
