"""Person and employer hear that a certificate of fitness is there, or holds no more; never what it says."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from functions.referrals.domain.employer_texts import employer_mail
from functions.referrals.domain.employment import Employee
from functions.referrals.domain.fitness import FitnessCertificate, FitnessStatus
from functions.referrals.domain.fitness_letters import FitnessNews
from functions.referrals.domain.texts import fitness_mail, fitness_text
from shared.contracts.directory import Employer
from shared.contracts.notice_letters import mail_letter, text_letter
from shared.contracts.notice_rules import NoticePreferences, Verdict, decide, ways_of
from shared.contracts.notice_words import speech_of
from shared.contracts.notices import NOTICES, Channel
from shared.contracts.patients import Patient
from shared.kernel.effects import Effect
from shared.kernel.plurals import Speech
from shared.kernel.records import Decision
from shared.kernel.times import QuietHours

VALID: Final = timedelta(days=2)


class Readers(NamedTuple):
    """`person_wants`, `employer_wants`: what they said they want to be told, None where they said nothing.
    `stopped`: the person's phone wants no texts."""

    employee: Employee
    patient: Patient | None
    employer: Employer | None
    referral_number: str
    person_wants: NoticePreferences | None = None
    employer_wants: NoticePreferences | None = None
    stopped: bool = False

    @property
    def phone(self) -> str:
        return (self.patient.phone if self.patient else "") or self.employee.phone

    @property
    def email(self) -> str:
        return (self.patient.email if self.patient else "") or self.employee.email

    @property
    def speech(self) -> Speech:
        return speech_of(self.patient.language if self.patient else self.employee.language)


def told(
    certificate: FitnessCertificate,
    readers: Readers,
    senders: tuple[str, ...],
    now: datetime,
    news: FitnessNews = "ready",
) -> Decision[FitnessCertificate] | datetime | None:
    """None where it has been told, or is not so; an instant where the person wants quiet until then.

    That it is void, a person hears who had heard of it.
    """
    if not _is_news(certificate, news):
        return None
    person = _verdict(certificate, readers, senders, now, news)
    if person.waits(now):
        return person.at
    effects = [
        *_to_person(certificate, readers, person, senders, now, news),
        *_to_employer(certificate, readers, now, news),
    ]
    after = certificate.but(told=True) if news == "ready" else certificate.but(told_void=True)
    did = "told" if news == "ready" else "told_void"
    return Decision(after, did, {"letters": len(effects), **person.reasons}, tuple(effects))


def _is_news(certificate: FitnessCertificate, news: FitnessNews) -> bool:
    if news == "void":
        return certificate.status == FitnessStatus.VOID and not certificate.told_void
    return certificate.is_in_force and not certificate.told


def _verdict(
    certificate: FitnessCertificate,
    readers: Readers,
    senders: tuple[str, ...],
    now: datetime,
    news: FitnessNews,
) -> Verdict:
    ways = ways_of(readers.phone if senders else "", readers.email)
    hears = news == "ready" or (certificate.told and not certificate.outside)
    if not hears or (readers.patient is not None and readers.patient.is_deceased):
        ways = frozenset()
    quiet = QuietHours(zone=certificate.zone)
    notice = NOTICES[f"referrals.fitness_{news}"]
    wants = readers.person_wants
    return decide(notice, ways, now, preferences=wants, quiet=quiet, stopped=readers.stopped)


def _to_person(
    certificate: FitnessCertificate,
    readers: Readers,
    verdict: Verdict,
    senders: tuple[str, ...],
    now: datetime,
    news: FitnessNews,
) -> list[Effect]:
    letters: list[Effect] = []
    if Channel.SMS in verdict.by:
        letter = text_letter(
            fitness_text(news, readers.speech),
            key=_key("fitness-text", certificate, news),
            to=readers.phone,
            sender=senders[sum(certificate.id.encode()) % len(senders)],
            valid_until=now + VALID,
            about=certificate.id,
        )
        letters.append(letter)
    if Channel.MAIL in verdict.by:
        key = _key("fitness-mail", certificate, news)
        said = fitness_mail(news, readers.speech)
        letters.append(mail_letter(said, key=key, to=readers.email, about=certificate.id))
    return letters


def _to_employer(
    certificate: FitnessCertificate, readers: Readers, now: datetime, news: FitnessNews
) -> list[Effect]:
    """At once when the person hears of it: an office's mail wakes nobody."""
    employer = readers.employer
    if employer is None:
        return []
    full = _name_for_employer(certificate, news)
    verdict = decide(NOTICES[full], ways_of("", employer.email), now, preferences=readers.employer_wants)
    said = employer_mail(full, speech_of(employer.language), certificate.number, readers.referral_number)
    key = _key("fitness-employer", certificate, news)
    return [mail_letter(said, key=key, to=employer.email, about=certificate.id)] if verdict.by else []


def _name_for_employer(certificate: FitnessCertificate, news: FitnessNews) -> str:
    if news == "void":
        return "referrals.void_to_employer"
    return f"referrals.{'decided' if certificate.supersedes else 'fitness'}_to_employer"


def _key(way: str, certificate: FitnessCertificate, news: FitnessNews) -> str:
    return f"{way}-{certificate.id}" if news == "ready" else f"{way}-{news}-{certificate.id}"
