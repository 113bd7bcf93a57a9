"""The patient hears that a certificate is ready, was amended or withdrawn; never what it says.

By text and by mail, once each. Where neither is possible, a person should tell them.
"""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.certificate import Certificate, CertificateStatus, News
from functions.certificates.domain.texts import paper_mail, paper_text
from shared.contracts.notice_letters import mail_letter, text_letter
from shared.contracts.notice_rules import NoticePreferences, Why, decide, earliest, ways_of
from shared.contracts.notices import NOTICES, Channel
from shared.contracts.patients import Patient
from shared.kernel.effects import Effect, Later, Message
from shared.kernel.records import Decision
from shared.kernel.times import QuietHours

VALID: Final = timedelta(days=2)
UNTOLD: Final = "patient_not_told"
REFUSED: Final = "patient_refused"
"""They want no word of it: nobody has to phone."""


class Means(NamedTuple):
    """What the news is sent from, and what the patient wants to be told; None: they have not said."""

    senders: tuple[str, ...]
    preferences: NoticePreferences | None = None


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
    ways = ways_of(_phone(patient) if means.senders else "", patient.email)
    notice, kept = NOTICES[f"certificates.{news}"], means.preferences
    verdict = decide(notice, ways, now, preferences=kept, quiet=_quiet(certificate))
    if verdict.waits(now):
        message = TellCertificate(certificate_id=certificate.id, news=news)
        key = f"certificate-{certificate.id}-{news}-{verdict.at.isoformat()}"
        return Later(key=key, message=message, at=verdict.at)
    effects = tuple(_letter(one, certificate, patient, news, means.senders, now) for one in verdict.by)
    did = "patient_told" if effects else REFUSED if verdict.is_refused else UNTOLD
    refused = verdict.reasons if Why.REFUSED in verdict.why_not.values() else {}
    return Decision(after, did, {"news": news.value, "letters": len(effects), **refused}, effects)


def untold(case: CertificateCase) -> Decision[CertificateCase] | None:
    """Nothing could be sent: somebody must phone, unless somebody looks at the case already."""
    if case.attention:
        return None
    details = {"certificate_id": case.certificate_id}
    return Decision(case.but(attention=UNTOLD), UNTOLD, details)


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
        to=_phone(patient),
        sender=senders[sum(certificate.id.encode()) % len(senders)],
        valid_until=now + VALID,
        about=certificate.id,
    )


def _phone(patient: Patient) -> str:
    guardian = patient.guardian.phone if patient.guardian else ""
    return guardian or patient.phone


def _quiet(certificate: Certificate) -> QuietHours:
    return QuietHours(zone=certificate.paper.zone)
