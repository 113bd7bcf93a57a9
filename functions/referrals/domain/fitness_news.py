"""Person and employer hear that a certificate of fitness is there; a message says nothing of what it says."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from html import escape
from typing import Final, NamedTuple

from functions.referrals.domain.employment import Employee
from functions.referrals.domain.fitness import FitnessCertificate
from functions.referrals.domain.texts import Speech, speech_of
from shared.contracts.directory import Employer
from shared.contracts.patients import Patient
from shared.kernel.effects import Effect, SendMail, SendSms
from shared.kernel.gsm import to_gsm
from shared.kernel.records import Decision

VALID: Final = timedelta(days=2)


class _Said(NamedTuple):
    subject: str
    lead: str


TEXTS: Final[Mapping[Speech, str]] = {
    "pl": "Visita: orzeczenie po badaniu jest gotowe. Znajdziesz je w aplikacji.",
    "en": "Visita: the certificate of your examination is ready. You will find it in the app.",
}
_PERSON: Final[Mapping[Speech, _Said]] = {
    "pl": _Said(
        "Orzeczenie lekarskie jest gotowe",
        "Orzeczenie lekarskie po badaniu jest gotowe. Znajdziesz je w aplikacji po zalogowaniu.",
    ),
    "en": _Said(
        "Your certificate is ready",
        "The certificate of your examination is ready. Sign in to the app to find it.",
    ),
}
_EMPLOYER: Final[Mapping[Speech, _Said]] = {
    "pl": _Said(
        "Nowe orzeczenie lekarskie",
        "Orzeczenie nr {number} do skierowania nr {referral} jest gotowe. Znajdziesz je w aplikacji.",
    ),
    "en": _Said(
        "A new certificate of fitness",
        "Certificate {number} for referral {referral} is ready. You will find it in the app.",
    ),
}
_HELLO: Final = {"pl": "Dzień dobry,", "en": "Hello,"}
_CLOSING: Final = {
    "pl": ("Na tę wiadomość nie trzeba odpowiadać. W razie pytań zadzwoń do nas.", "Visita, medycyna pracy"),
    "en": (
        "There is no need to answer this message. If you have questions, please call us.",
        "Visita, occupational medicine",
    ),
}


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
    body = to_gsm(TEXTS[speech_of(patient.language if patient else employee.language)])
    return SendSms(
        key=f"fitness-text-{certificate.id}",
        to=phone,
        sender=senders[sum(certificate.id.encode()) % len(senders)],
        body=body,
        marker=body,
        valid_until=now + VALID,
        about=certificate.id,
    )


def _to_person(certificate: FitnessCertificate, readers: Readers) -> SendMail | None:
    patient, employee = readers.patient, readers.employee
    to = (patient.email if patient else "") or employee.email
    if not to or (patient is not None and patient.is_deceased):
        return None
    speech = speech_of(patient.language if patient else employee.language)
    return _mail(f"fitness-mail-{certificate.id}", to, speech, *_PERSON[speech], certificate.id)


def _to_employer(certificate: FitnessCertificate, readers: Readers) -> SendMail | None:
    employer = readers.employer
    if employer is None or not employer.email:
        return None
    speech = speech_of(employer.language)
    said = _EMPLOYER[speech]
    lead = said.lead.format(number=certificate.number, referral=readers.referral_number)
    return _mail(
        f"fitness-employer-{certificate.id}", employer.email, speech, said.subject, lead, certificate.id
    )


def _mail(key: str, to: str, speech: Speech, subject: str, lead: str, about: str) -> SendMail:
    paragraphs = (_HELLO[speech], lead, *_CLOSING[speech])
    return SendMail(
        key=key,
        to=to,
        subject=subject,
        text="\n\n".join(paragraphs) + "\n",
        html="".join(f"<p>{escape(one)}</p>" for one in paragraphs),
        about=about,
    )
