"""The patient hears that a certificate is ready, was amended or withdrawn; never what it says.

By text and by mail, once each. Where neither is possible, a person should tell them.
"""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.certificate import Certificate, CertificateStatus, News
from functions.certificates.domain.notifying import STOPPED, phone_of
from functions.certificates.domain.texts import paper_mail, paper_text
from shared.contracts.notice_letters import mail_letter, text_letter
from shared.contracts.notice_rules import NoticePreferences, Why, decide, earliest, ways_of
from shared.contracts.notices import NOTICES, Channel, Refusing
from shared.contracts.patients import Patient
from shared.kernel.effects import Effect, Later, Message
from shared.kernel.records import Decision
from shared.kernel.times import QuietHours

VALID: Final = timedelta(days=2)
UNTOLD: Final = "patient_not_told"
REFUSED: Final = "patient_refused"
"""They want no word of it: nobody has to phone."""


class Means(NamedTuple):
    """What the news is sent from, and what the patient wants to be told; None: they have not said.
    `stopped`: their phone wants no texts."""

    senders: tuple[str, ...]
    preferences: NoticePreferences | None = None
    stopped: bool = False


class TellCertificate(Message):
    certificate_id: str
    news: News


def tell_patient(certificate: Certificate, news: News, now: datetime) -> Later:
    """Not at night: a doctor may sign whenever they like."""
    message = TellCertificate(certificate_id=certificate.id, news=news)
    at = earliest(NOTICES[f"certificates.{news}"], now, _quiet(certificate))
    return Later(key=f"certificate-{certificate.id}-{news}", message=message, at=at)


def told(
    certificate: Certificate, patient: Patient | None, news: News, means: Means, now: datetime
) -> Decision[Certificate] | Later | None:
    """None where there is nothing to say any more, or it has been said; Later in their quiet hours."""
    is_void = certificate.status == CertificateStatus.VOID
    if news in certificate.told or (news == News.VOID) != is_void or (is_void and not certificate.told):
        return None
    after = certificate.but(told=(*certificate.told, news))
    if patient is None or patient.is_deceased:
        return Decision(after, UNTOLD, {"news": news.value, "letters": 0})
    ways = ways_of(phone_of(patient) if means.senders else "", patient.email)
    verdict = decide(
        NOTICES[f"certificates.{news}"], ways, now, preferences=means.preferences, quiet=_quiet(certificate),
        stopped=means.stopped,
    )  # fmt: skip
    if verdict.waits(now):
        message = TellCertificate(certificate_id=certificate.id, news=news)
        key = f"certificate-{certificate.id}-{news}-{verdict.at.isoformat()}"
        return Later(key=key, message=message, at=verdict.at)
    effects = tuple(_letter(one, certificate, patient, news, means.senders, now) for one in verdict.by)
    did = "patient_told" if effects else REFUSED if verdict.is_refused else UNTOLD
    details = {"news": news.value, "letters": len(effects), **verdict.reasons}
    return Decision(after, did, details, effects)


def alarm(said: Decision[Certificate]) -> str:
    """For what a person must look at the case: nothing could be sent, or a mail alone of what they must
    hear. "" where they have been told, or want no word of it."""
    by_mail_alone = said.did == "patient_told" and said.details.get("no_sms") == Why.STOPPED
    must_hear = NOTICES[f"certificates.{said.details['news']}"].refusing == Refusing.NEVER
    return UNTOLD if said.did == UNTOLD else STOPPED if by_mail_alone and must_hear else ""


def untold(case: CertificateCase, attention: str) -> Decision[CertificateCase] | None:
    """Somebody must phone, unless somebody looks at the case already."""
    if case.attention:
        return None
    return Decision(case.but(attention=attention), attention, {"certificate_id": case.certificate_id})


def _letter(
    by: Channel,
    certificate: Certificate,
    patient: Patient,
    news: News,
    senders: tuple[str, ...],
    now: datetime,
) -> Effect:
    if by == Channel.MAIL:
        key = f"certificate-mail-{certificate.id}-{news}"
        said = paper_mail(news, patient.language)
        return mail_letter(said, key=key, to=patient.email, about=certificate.id)
    return text_letter(
        paper_text(news, patient.language),
        key=f"certificate-text-{certificate.id}-{news}",
        to=phone_of(patient),
        sender=senders[sum(certificate.id.encode()) % len(senders)],
        valid_until=now + VALID,
        about=certificate.id,
    )


def _quiet(certificate: Certificate) -> QuietHours:
    return QuietHours(zone=certificate.paper.zone)
