"""The patient hears that a certificate is ready, was amended or withdrawn; never what it says.

By text and by mail, once each. Where neither is possible, a person should tell them.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from html import escape
from typing import Final, NamedTuple

from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.certificate import Certificate, CertificateStatus, News
from functions.certificates.domain.paper_words import Speech, speech_of
from shared.contracts.patients import Patient
from shared.kernel.effects import Effect, Later, Message, SendMail, SendSms
from shared.kernel.gsm import to_gsm
from shared.kernel.records import Decision
from shared.kernel.times import QuietHours

VALID: Final = timedelta(days=2)


class TellCertificate(Message):
    certificate_id: str
    news: News


class _Said(NamedTuple):
    text: str
    subject: str
    lead: str


_WORDS: Final[Mapping[News, Mapping[Speech, _Said]]] = {
    News.READY: {
        "pl": _Said(
            "Visita: dokument, na który czekasz, jest gotowy. Znajdziesz go w aplikacji.",
            "Twój dokument jest gotowy",
            "Dokument, na który czekasz, jest gotowy. Znajdziesz go w aplikacji po zalogowaniu.",
        ),
        "en": _Said(
            "Visita: the document you are waiting for is ready. You will find it in the app.",
            "Your document is ready",
            "The document you are waiting for is ready. Sign in to the app to find it.",
        ),
    },
    News.AMENDED: {
        "pl": _Said(
            "Visita: Twój dokument poprawiono. Nowa wersja jest w aplikacji, poprzednia nie obowiązuje.",
            "Twój dokument został poprawiony",
            "Nowa wersja dokumentu jest w aplikacji. Poprzednia nie obowiązuje; jeśli ją komuś przekazano, "
            "prosimy przekazać nową.",
        ),
        "en": _Said(
            "Visita: your document was corrected. The new one is in the app, the old one no longer holds.",
            "Your document was corrected",
            "The new version is in the app. The one before no longer holds; if you have handed it to "
            "somebody, please hand them the new one.",
        ),
    },
    News.VOID: {
        "pl": _Said(
            "Visita: jeden z dokumentów w aplikacji został wycofany i nie obowiązuje. Zadzwonimy do Ciebie.",
            "Dokument został wycofany",
            "Jeden z dokumentów w aplikacji został wycofany i nie obowiązuje. Prosimy go nie używać; "
            "zadzwonimy do Ciebie.",
        ),
        "en": _Said(
            "Visita: one of the documents in your app was withdrawn and no longer holds. We will call you.",
            "A document was withdrawn",
            "One of the documents in your app was withdrawn and no longer holds. Please do not use it; we "
            "will call you.",
        ),
    },
}
_HELLO: Final = {"pl": "Dzień dobry,", "en": "Hello,"}
_CLOSING: Final = {
    "pl": "Na tę wiadomość nie trzeba odpowiadać. W razie pytań zadzwoń do nas.\nVisita",
    "en": "There is no need to answer this message. If you have questions, please call us.\nVisita",
}


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
    speech = speech_of(patient.language)
    said = _WORDS[news][speech]
    letters: list[Effect] = []
    guardian = patient.guardian.phone if patient.guardian else ""
    if senders and (phone := guardian or patient.phone):
        body = to_gsm(said.text)
        letters.append(
            SendSms(
                key=f"certificate-text-{certificate.id}-{news}",
                to=phone,
                sender=senders[sum(certificate.id.encode()) % len(senders)],
                body=body,
                marker=body,
                valid_until=now + VALID,
                about=certificate.id,
            )
        )
    if patient.email:
        letters.append(_mail(certificate, patient.email, news, said, speech))
    return tuple(letters)


def _mail(certificate: Certificate, to: str, news: News, said: _Said, speech: Speech) -> SendMail:
    paragraphs = (_HELLO[speech], said.lead, *_CLOSING[speech].split("\n"))
    return SendMail(
        key=f"certificate-mail-{certificate.id}-{news}",
        to=to,
        subject=said.subject,
        text="\n\n".join(paragraphs) + "\n",
        html="".join(f"<p>{escape(one)}</p>" for one in paragraphs),
        about=certificate.id,
    )


def every_text() -> list[str]:
    """For the test that each is one segment."""
    return [to_gsm(said.text) for by_speech in _WORDS.values() for said in by_speech.values()]
