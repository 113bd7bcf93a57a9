"""Person and employer hear that a certificate of fitness is there; a message says nothing of what it says."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from functions.referrals.domain.employment import Employee
from functions.referrals.domain.fitness import FitnessCertificate
from functions.referrals.domain.texts import employer_mail, fitness_mail, fitness_text
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
    certificate: FitnessCertificate, readers: Readers, senders: tuple[str, ...], now: datetime
) -> Decision[FitnessCertificate] | datetime | None:
    """None where it has been told, or holds no more; an instant where the person wants quiet until then."""
    if certificate.told or not certificate.is_in_force:
        return None
    person = _verdict(certificate, readers, senders, now)
    if person.waits(now):
        return person.at
    effects: list[Effect] = []
    if Channel.SMS in person.by:
        effects.append(_text(certificate, readers, senders, now))
    if Channel.MAIL in person.by:
        key = f"fitness-mail-{certificate.id}"
        said = fitness_mail(readers.speech)
        effects.append(mail_letter(said, key=key, to=readers.email, about=certificate.id))
    effects += _to_employer(certificate, readers, now)
    after = certificate.but(told=True)
    return Decision(after, "told", {"letters": len(effects), **person.reasons}, tuple(effects))


def _verdict(
    certificate: FitnessCertificate, readers: Readers, senders: tuple[str, ...], now: datetime
) -> Verdict:
    ways = ways_of(readers.phone if senders else "", readers.email)
    if readers.patient is not None and readers.patient.is_deceased:
        ways = frozenset()
    quiet = QuietHours(zone=certificate.zone)
    notice = NOTICES["referrals.fitness_ready"]
    wants = readers.person_wants
    return decide(notice, ways, now, preferences=wants, quiet=quiet, stopped=readers.stopped)


def _text(
    certificate: FitnessCertificate, readers: Readers, senders: tuple[str, ...], now: datetime
) -> Effect:
    return text_letter(
        fitness_text(readers.speech),
        key=f"fitness-text-{certificate.id}",
        to=readers.phone,
        sender=senders[sum(certificate.id.encode()) % len(senders)],
        valid_until=now + VALID,
        about=certificate.id,
    )


def _to_employer(certificate: FitnessCertificate, readers: Readers, now: datetime) -> list[Effect]:
    """At once when the person hears of it: an office's mail wakes nobody."""
    employer = readers.employer
    if employer is None:
        return []
    notice = NOTICES["referrals.fitness_to_employer"]
    verdict = decide(notice, ways_of("", employer.email), now, preferences=readers.employer_wants)
    said = employer_mail(speech_of(employer.language), certificate.number, readers.referral_number)
    key = f"fitness-employer-{certificate.id}"
    return [mail_letter(said, key=key, to=employer.email, about=certificate.id)] if verdict.by else []
