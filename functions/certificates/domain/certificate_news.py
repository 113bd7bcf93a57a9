"""The patient hears that a certificate is ready, was amended or withdrawn; never what it says.

By text and by mail, once each. Where neither is possible, a person should tell them.
"""

from datetime import datetime, timedelta
from typing import Final

from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.certificate import Certificate, CertificateStatus, News
from functions.certificates.domain.texts import paper_mail, paper_text
from shared.contracts.notice_letters import mail_letter, text_letter
from shared.contracts.patients import Patient
from shared.kernel.effects import Effect, Later, Message
from shared.kernel.records import Decision
from shared.kernel.times import QuietHours

VALID: Final = timedelta(days=2)


class TellCertificate(Message):
    certificate_id: str
    news: News


def tell_patient(certificate: Certificate, news: News, now: datetime) -> Later:
    """Not at night: a doctor may sign whenever they like."""
    message = TellCertificate(certificate_id=certificate.id, news=news)
    at = QuietHours(zone=certificate.paper.zone).next_allowed(now)
    return Later(key=f"certificate-{certificate.id}-{news}", message=message, at=at)


def told(
    certificate: Certificate, patient: Patient | None, news: News, senders: tuple[str, ...], now: datetime
) -> Decision[Certificate] | None:
    """None where there is nothing to say any more, or it has been said."""
    is_void = certificate.status == CertificateStatus.VOID
    if news in certificate.told or (news == News.VOID) != is_void or (is_void and not certificate.told):
        return None
    effects = _letters(certificate, patient, news, senders, now) if patient else ()
    after = certificate.but(told=(*certificate.told, news))
    did = "patient_told" if effects else "patient_not_told"
    return Decision(after, did, {"news": news.value, "letters": len(effects)}, effects)


def untold(case: CertificateCase) -> Decision[CertificateCase] | None:
    """Nothing could be sent: somebody must phone, unless somebody looks at the case already."""
    if case.attention:
        return None
    details = {"certificate_id": case.certificate_id}
    return Decision(case.but(attention="patient_not_told"), "patient_not_told", details)


def _letters(
    certificate: Certificate, patient: Patient, news: News, senders: tuple[str, ...], now: datetime
) -> tuple[Effect, ...]:
    if patient.is_deceased:
        return ()
    letters: list[Effect] = []
    guardian = patient.guardian.phone if patient.guardian else ""
    if senders and (phone := guardian or patient.phone):
        letters.append(
            text_letter(
                paper_text(news, patient.language),
                key=f"certificate-text-{certificate.id}-{news}",
                to=phone,
                sender=senders[sum(certificate.id.encode()) % len(senders)],
                valid_until=now + VALID,
                about=certificate.id,
            )
        )
    if patient.email:
        key = f"certificate-mail-{certificate.id}-{news}"
        said = paper_mail(news, patient.language)
        letters.append(mail_letter(said, key=key, to=patient.email, about=certificate.id))
    return tuple(letters)
