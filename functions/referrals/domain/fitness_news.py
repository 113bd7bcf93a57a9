"""Person and employer hear that a certificate of fitness is there, or holds no more; never what it says."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from html import escape
from typing import Final, NamedTuple

from functions.referrals.domain.employment import Employee
from functions.referrals.domain.fitness import FitnessCertificate, FitnessStatus
from functions.referrals.domain.fitness_letters import FitnessNews
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


TEXTS: Final[Mapping[FitnessNews, Mapping[Speech, str]]] = {
    "ready": {
        "pl": "Visita: orzeczenie po badaniu jest gotowe. Znajdziesz je w aplikacji.",
        "en": "Visita: the certificate of your examination is ready. You will find it in the app.",
    },
    "void": {
        "pl": "Visita: orzeczenie po badaniu jest nieważne. Zadzwoń do nas, aby dowiedzieć się więcej.",
        "en": "Visita: the certificate of your examination is void. Please call us to learn more.",
    },
}
_PERSON: Final[Mapping[FitnessNews, Mapping[Speech, _Said]]] = {
    "ready": {
        "pl": _Said(
            "Orzeczenie lekarskie jest gotowe",
            "Orzeczenie lekarskie po badaniu jest gotowe. Znajdziesz je w aplikacji po zalogowaniu.",
        ),
        "en": _Said(
            "Your certificate is ready",
            "The certificate of your examination is ready. Sign in to the app to find it.",
        ),
    },
    "void": {
        "pl": _Said(
            "Orzeczenie lekarskie jest nieważne",
            "Orzeczenie lekarskie po badaniu unieważniono i nie wolno się na nie powoływać.",
        ),
        "en": _Said(
            "Your certificate is void",
            "The certificate of your examination was made void and must not be relied upon.",
        ),
    },
}
_EMPLOYER: Final[Mapping[FitnessNews, Mapping[Speech, _Said]]] = {
    "ready": {
        "pl": _Said(
            "Nowe orzeczenie lekarskie",
            "Orzeczenie nr {number} do skierowania nr {referral} jest gotowe. Znajdziesz je w aplikacji.",
        ),
        "en": _Said(
            "A new certificate of fitness",
            "Certificate {number} for referral {referral} is ready. You will find it in the app.",
        ),
    },
    "void": {
        "pl": _Said(
            "Orzeczenie lekarskie jest nieważne",
            "Orzeczenie nr {number} unieważniono. Sprawdź w aplikacji, czy skierować tę osobę ponownie.",
        ),
        "en": _Said(
            "A certificate of fitness is void",
            "Certificate {number} was made void. See in the app whether this person must be referred anew.",
        ),
    },
}
_DECIDED: Final[Mapping[Speech, str]] = {
    "pl": "Orzeczenie nr {number}, wydane po odwołaniu, zastępuje wcześniejsze. Znajdziesz je w aplikacji.",
    "en": "Certificate {number}, issued on appeal, takes the earlier one's place. It is in the app.",
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
    certificate: FitnessCertificate,
    readers: Readers,
    senders: tuple[str, ...],
    now: datetime,
    news: FitnessNews = "ready",
) -> Decision[FitnessCertificate] | None:
    """None where it has been told, or is not so. That it is void, a person hears who had heard of it."""
    if not _is_news(certificate, news):
        return None
    hears = news == "ready" or (certificate.told and not certificate.outside)
    found = (
        _text(certificate, readers, senders, now, news) if hears else None,
        _to_person(certificate, readers, news) if hears else None,
        _to_employer(certificate, readers, news),
    )
    effects: tuple[Effect, ...] = tuple(one for one in found if one is not None)
    marked = certificate.but(told=True) if news == "ready" else certificate.but(told_void=True)
    did = "told" if news == "ready" else "told_void"
    return Decision(marked, did, {"letters": len(effects)}, effects)


def _is_news(certificate: FitnessCertificate, news: FitnessNews) -> bool:
    if news == "void":
        return certificate.status == FitnessStatus.VOID and not certificate.told_void
    return certificate.is_in_force and not certificate.told


def _text(
    certificate: FitnessCertificate,
    readers: Readers,
    senders: tuple[str, ...],
    now: datetime,
    news: FitnessNews,
) -> SendSms | None:
    patient, employee = readers.patient, readers.employee
    phone = (patient.phone if patient else "") or employee.phone
    if not phone or not senders or (patient is not None and patient.is_deceased):
        return None
    body = to_gsm(TEXTS[news][speech_of(patient.language if patient else employee.language)])
    return SendSms(
        key=_key("fitness-text", certificate, news),
        to=phone,
        sender=senders[sum(certificate.id.encode()) % len(senders)],
        body=body,
        marker=body,
        valid_until=now + VALID,
        about=certificate.id,
    )


def _to_person(certificate: FitnessCertificate, readers: Readers, news: FitnessNews) -> SendMail | None:
    patient, employee = readers.patient, readers.employee
    to = (patient.email if patient else "") or employee.email
    if not to or (patient is not None and patient.is_deceased):
        return None
    speech = speech_of(patient.language if patient else employee.language)
    key = _key("fitness-mail", certificate, news)
    return _mail(key, to, speech, *_PERSON[news][speech], certificate.id)


def _to_employer(certificate: FitnessCertificate, readers: Readers, news: FitnessNews) -> SendMail | None:
    employer = readers.employer
    if employer is None or not employer.email:
        return None
    speech = speech_of(employer.language)
    said = _EMPLOYER[news][speech]
    lead = _DECIDED[speech] if news == "ready" and certificate.supersedes else said.lead
    lead = lead.format(number=certificate.number, referral=readers.referral_number)
    key = _key("fitness-employer", certificate, news)
    return _mail(key, employer.email, speech, said.subject, lead, certificate.id)


def _key(way: str, certificate: FitnessCertificate, news: FitnessNews) -> str:
    return f"{way}-{certificate.id}" if news == "ready" else f"{way}-{news}-{certificate.id}"


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
