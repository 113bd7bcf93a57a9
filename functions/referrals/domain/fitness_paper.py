"""What is printed on a certificate of fitness: decisions and dates, never a finding."""

from dataclasses import dataclass

from pydantic import ValidationError

from functions.referrals.domain.fitness import FitnessCertificate
from functions.referrals.domain.jurisdiction import JurisdictionProfile
from functions.referrals.domain.referral import Referral
from functions.referrals.domain.referral_paper import employer_on_paper, named, worker_on_paper
from functions.referrals.domain.work_words import PaperWords, words_in
from shared.contracts.directory import Doctor
from shared.contracts.papers import PaperCheck, PaperDoctor, PaperIssuer
from shared.contracts.work_papers import FitnessPaper, PaperDecision, PaperNextDue
from shared.kernel.errors import Invalid


class FitnessNotPrintable(Invalid):
    """This certificate cannot be printed: correct what is named, here or on file, and sign again."""


@dataclass(frozen=True)
class Letterhead:
    """Whose paper it is, the code on it, and the page where strangers check it."""

    issuer: PaperIssuer
    check_url: str
    code: str


def fitness_paper(
    certificate: FitnessCertificate,
    referral: Referral,
    doctor: Doctor,
    profile: JurisdictionProfile,
    head: Letterhead,
) -> FitnessPaper:
    """Raises FitnessNotPrintable where a name or text holds what no paper can show."""
    words = words_in(profile.language)
    kind = words.examinations[certificate.examination_type]
    try:
        return FitnessPaper(
            zone=certificate.zone,
            language=words.language,
            number=certificate.number,
            title=words.fitness_title,
            kind_line=words.fitness_kind.format(kind=kind),
            issuer=head.issuer,
            employer=employer_on_paper(referral.employer),
            legal_basis=words.fitness_basis.format(law=profile.certificate_basis),
            worker=worker_on_paper(referral.person, words),
            decisions=_decisions(certificate, words),
            next_dues=_next_dues(certificate, words),
            recommendation=words.glasses if certificate.screen_glasses else "",
            instruction=words.instruction.format(days=profile.appeal_days, again=profile.reexamine_days),
            referral_number=referral.number,
            examined_on=certificate.examined_on,
            issued_at=certificate.issued_at,
            doctor=PaperDoctor(
                name=f"{doctor.given_name} {doctor.family_name}",
                license_number=doctor.license_number,
                specialization=words.specialization,
            ),
            check=_check(head, certificate.number),
        )
    except ValidationError as error:
        raise FitnessNotPrintable(named(error)) from None


def _decisions(certificate: FitnessCertificate, words: PaperWords) -> tuple[PaperDecision, ...]:
    return tuple(
        PaperDecision(position=one.position, decision=words.decisions[one.decision])
        for one in certificate.decisions
    )


def _next_dues(certificate: FitnessCertificate, words: PaperWords) -> tuple[PaperNextDue, ...]:
    ordered = sorted(certificate.next_dues, key=lambda one: one.due_on)
    return tuple(PaperNextDue(reason=words.reasons[one.reason], due_on=one.due_on) for one in ordered)


def _check(head: Letterhead, number: str) -> PaperCheck:
    return PaperCheck(
        link=f"{head.check_url}?number={number.replace('/', '%2F')}&code={head.code}",
        site=head.check_url.partition("://")[2],
        code=head.code,
    )
