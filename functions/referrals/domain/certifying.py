"""The certificate of fitness that a verdict makes, and what it does to the referral."""

from datetime import date, datetime
from typing import Final

from functions.referrals.domain.deciding import Verdict
from functions.referrals.domain.fitness import FitnessCertificate
from functions.referrals.domain.fitness_letters import fitness_letters
from functions.referrals.domain.referral import Referral, ReferralEvent
from shared.kernel.records import Decision

SERIES: Final = "MP"


def series_code(issuer_code: str) -> str:
    """Certificates of fitness have numbers of their own: `VM-MP/2026/000123`."""
    return f"{issuer_code}-{SERIES}"


def certified(
    referral: Referral, verdict: Verdict, certificate_id: str, number: str, doctor_id: str, now: datetime
) -> FitnessCertificate:
    """Not staged yet, without its paper; in the order of the referral's positions."""
    decided = {one.position: one for one in verdict.decisions}
    held = referral.examination
    return FitnessCertificate(
        id=certificate_id,
        tenant_id=referral.tenant_id,
        number=number,
        referral_id=referral.id,
        employer_id=referral.employer_id,
        employee_id=referral.employee_id,
        patient_id=referral.patient_id,
        given_name=referral.person.given_name,
        family_name=referral.person.family_name,
        name_keys=referral.name_keys,
        doctor_id=doctor_id,
        clinic_id=held.clinic_id if held else "",
        examination_type=referral.examination_type,
        department=referral.department,
        decisions=tuple(decided[position] for position in referral.positions),
        next_dues=tuple(sorted(verdict.next_dues, key=lambda one: one.due_on)),
        screen_glasses=verdict.screen_glasses,
        findings=verdict.findings,
        jurisdiction=referral.jurisdiction,
        zone=referral.zone,
        language=referral.language,
        examined_on=examined_on(referral),
        issued_at=now,
        issued_on=referral.day_of(now),
    )


def examined_on(referral: Referral) -> date:
    """The day of the appointment, by the clock of the place of work."""
    assert referral.examination is not None, "who signs has examined"
    return referral.day_of(referral.examination.starts_at)


def examined(referral: Referral, certificate: FitnessCertificate, now: datetime) -> Decision[Referral]:
    after = referral.after(
        ReferralEvent.EXAMINE,
        certificate_id=certificate.id,
        epoch=referral.epoch + 1,
        link_round=referral.link_round + 1,
        attention="",
        look_at=None,
    )
    details: dict[str, str | int | float | bool] = {
        "certificate_id": certificate.id,
        "outside": certificate.outside,
    }
    return Decision(after, "examined", details, fitness_letters(certificate, now))
