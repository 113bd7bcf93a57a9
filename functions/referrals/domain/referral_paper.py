"""What is printed on a referral: the statutory form, from the record alone, so it prints the same again."""

from collections.abc import Iterable
from datetime import date

from pydantic import ValidationError

from functions.referrals.domain.employment import Standing
from functions.referrals.domain.exposure import ExposureFactor, Measurement
from functions.referrals.domain.jurisdiction import profile_of
from functions.referrals.domain.referral import Referral, ReferredPerson, ReferringEmployer
from functions.referrals.domain.work_words import NUMBER_NAMES, PaperWords, words_in
from shared.contracts.papers import PaperIssuer
from shared.contracts.work_papers import (
    PaperChoice,
    PaperEmployer,
    PaperFactor,
    PaperGroup,
    PaperWorker,
    ReferralPaper,
)
from shared.kernel.errors import Invalid


class ReferralNotPrintable(Invalid):
    """This referral cannot be printed: correct the letters that no paper can show."""


def referral_paper(referral: Referral, issuer: PaperIssuer) -> ReferralPaper:
    """Raises ReferralNotPrintable where a name or text holds what no paper can show."""
    profile = profile_of(referral.jurisdiction)
    words = words_in(profile.language)
    try:
        return ReferralPaper(
            zone=referral.zone,
            language=words.language,
            number=referral.number,
            title=words.referral_title,
            issuer=issuer,
            employer=employer_on_paper(referral.employer),
            legal_basis=words.referral_basis.format(law=profile.legal_basis),
            examinations=tuple(
                PaperChoice(words=said, chosen=kind == referral.examination_type)
                for kind, said in words.examinations.items()
            ),
            standings=_standings(referral, words),
            worker=worker_on_paper(referral.person, words),
            positions=referral.positions,
            department=referral.department,
            work_description=referral.work_description,
            groups=_groups(referral, words),
            total=referral.exposures.count,
            issued_at=referral.issued_at,
            valid_until=referral.valid_until,
            revision=referral.revision,
        )
    except ValidationError as error:
        raise ReferralNotPrintable(named(error)) from None


def named(error: ValidationError) -> str:
    """Where it is wrong and why, without what stands there."""
    found = error.errors(include_input=False, include_url=False, include_context=False)
    return "; ".join(f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in found)


def employer_on_paper(employer: ReferringEmployer) -> PaperEmployer:
    numbers = (f"{NUMBER_NAMES.get(one.system, '')} {one.value}".strip() for one in employer.numbers)
    return PaperEmployer(name=employer.name, address=employer.address, numbers=tuple(numbers))


def worker_on_paper(person: ReferredPerson, words: PaperWords) -> PaperWorker:
    has_number = bool(person.identifier)
    return PaperWorker(
        name=f"{person.given_name} {person.family_name}",
        birth_date=date.fromisoformat(person.birth_date),
        identifier_label=words.identifier_label(person.identifier_system) if has_number else "",
        identifier=person.identifier,
        address=person.address,
    )


def _standings(referral: Referral, words: PaperWords) -> tuple[PaperChoice, ...]:
    works = referral.standing != Standing.CANDIDATE
    return (
        PaperChoice(words=words.employed, chosen=works),
        PaperChoice(words=words.starting, chosen=not works),
    )


def _groups(referral: Referral, words: PaperWords) -> tuple[PaperGroup, ...]:
    return tuple(
        PaperGroup(
            title=title,
            stated=referral.exposures.of(group) is not None,
            factors=tuple(_factors(referral.exposures.of(group) or (), words)),
        )
        for group, title in words.groups.items()
    )


def _factors(factors: Iterable[ExposureFactor], words: PaperWords) -> Iterable[PaperFactor]:
    for one in factors:
        yield PaperFactor(
            name=one.name,
            level=words.levels[one.level],
            measurement=_measured(one.measurement, words) if one.measurement else "",
        )


def _measured(measurement: Measurement, words: PaperWords) -> str:
    limit = measurement.limit
    said = words.limit.format(limit=words.number(limit)) if limit is not None else ""
    value, day = words.number(measurement.value), words.calendar_day(measurement.measured_on)
    return words.measured.format(value=value, unit=measurement.unit, limit=said, day=day)
