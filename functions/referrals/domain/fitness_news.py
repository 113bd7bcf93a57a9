"""Person and employer hear that a certificate of fitness is there; a message says nothing of what it says."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from functions.referrals.domain.employment import Employee
from functions.referrals.domain.fitness import FitnessCertificate
from functions.referrals.domain.texts import employer_mail, fitness_mail, fitness_text
from shared.contracts.directory import Employer
from shared.contracts.notice_letters import mail_letter, text_letter
from shared.contracts.notice_words import speech_of
from shared.contracts.patients import Patient
from shared.kernel.effects import Effect, SendMail, SendSms
from shared.kernel.records import Decision

VALID: Final = timedelta(days=2)


class Readers(NamedTuple):
    employee: Employee
    patient: Patient | None
    employer: Employer | None
    referral_number: str


def told(
    certificate: FitnessCertificate, readers: Readers, senders: tuple[str, ...], now: datetime
) -> Decision[FitnessCertificate] | None:
    """None where it has been told, or holds no more."""
    if certificate.told or not certificate.is_in_force:
        return None
    found = (
        _text(certificate, readers, senders, now),
        _to_person(certificate, readers),
        _to_employer(certificate, readers),
    )
    effects: tuple[Effect, ...] = tuple(one for one in found if one is not None)
    return Decision(certificate.but(told=True), "told", {"letters": len(effects)}, effects)


def _text(
    certificate: FitnessCertificate, readers: Readers, senders: tuple[str, ...], now: datetime
) -> SendSms | None:
    patient, employee = readers.patient, readers.employee
    phone = (patient.phone if patient else "") or employee.phone
    if not phone or not senders or (patient is not None and patient.is_deceased):
        return None
    return text_letter(
        fitness_text(speech_of(patient.language if patient else employee.language)),
        key=f"fitness-text-{certificate.id}",
        to=phone,
        sender=senders[sum(certificate.id.encode()) % len(senders)],
        valid_until=now + VALID,
        about=certificate.id,
    )


def _to_person(certificate: FitnessCertificate, readers: Readers) -> SendMail | None:
    patient, employee = readers.patient, readers.employee
    to = (patient.email if patient else "") or employee.email
    if not to or (patient is not None and patient.is_deceased):
        return None
    speech = speech_of(patient.language if patient else employee.language)
    key = f"fitness-mail-{certificate.id}"
    return mail_letter(fitness_mail(speech), key=key, to=to, about=certificate.id)


def _to_employer(certificate: FitnessCertificate, readers: Readers) -> SendMail | None:
    employer = readers.employer
    if employer is None or not employer.email:
        return None
    speech = speech_of(employer.language)
    said = employer_mail(speech, certificate.number, readers.referral_number)
    key = f"fitness-employer-{certificate.id}"
    return mail_letter(said, key=key, to=employer.email, about=certificate.id)
