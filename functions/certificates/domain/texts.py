"""Every text and mail this module sends, in Polish and English; texts to phones are one GSM-7 segment each.

No name, no clinic, no reason, and never what a certificate says: a phone lies on tables and shows texts to
anybody. Mails to the team lead name case and certificate by their ids alone, in both languages.
"""

from collections.abc import Mapping
from typing import Final
from zoneinfo import ZoneInfo

from functions.certificates.domain.appointment import Appointment
from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.certificate import Certificate
from functions.certificates.domain.certificate import News as PaperNews
from functions.certificates.domain.telling import News
from shared.contracts.notice_words import (
    Mail,
    Text,
    Words,
    WordsOf,
    mail_in_both,
    mail_of,
    speech_of,
    text_of,
)
from shared.kernel.plurals import Speech

_DAYS: Final[Mapping[Speech, tuple[str, ...]]] = {
    "pl": ("pon.", "wt.", "śr.", "czw.", "pt.", "sob.", "niedz."),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_BY_SYSTEM: Final[Mapping[Speech, str]] = {
    "pl": "Ten list wysłał system, nie trzeba na niego odpowiadać.",
    "en": "This mail was sent by the system, there is no need to answer it.",
}
VOID_REASONS: Final[Mapping[str, Mapping[Speech, str]]] = {
    "wrong_patient": {"pl": "nie ten pacjent", "en": "wrong patient"},
    "wrong_content": {"pl": "błędna treść", "en": "wrong content"},
    "issued_by_mistake": {"pl": "wystawiono przez pomyłkę", "en": "issued by mistake"},
    "fraud": {"pl": "oszustwo", "en": "fraud"},
    "other": {"pl": "inny powód", "en": "another reason"},
}

WORDS: Final[Mapping[str, WordsOf]] = {
    "certificates.appointment": {
        "pl": Words(
            "Visita: termin badania lekarskiego: {at}. Gdyby coś się zmieniło, zadzwoń do nas.",
            "Visita: Termin badania lekarskiego",
            "Twoje badanie lekarskie jest umówione. Gdyby coś się zmieniło, zadzwoń do nas.",
            facts=(("Termin", "{at}"),),
            more=(
                "Adres przychodni poda nasza infolinia. Weź ze sobą dokument tożsamości i dokumentację "
                "medyczną.",
            ),
        ),
        "en": Words(
            "Visita: your medical examination is on {at}. If anything changes, please call us.",
            "Visita: Your medical examination",
            "Your medical examination is booked. If anything changes, please call us.",
            facts=(("Time", "{at}"),),
            more=(
                "Our call centre tells you the clinic's address. Bring an identity card and your medical "
                "records.",
            ),
        ),
    },
    "certificates.appointment_cancelled": {
        "pl": Words(
            "Visita: badanie lekarskie {at} zostało odwołane. Masz pytania? Zadzwoń do nas.",
            "Visita: Badanie lekarskie odwołane",
            "Twoje badanie lekarskie zostało odwołane, nie przyjeżdżaj.",
            facts=(("Odwołany termin", "{at}"),),
        ),
        "en": Words(
            "Visita: the medical examination on {at} has been called off. Any questions? Please call us.",
            "Visita: Medical examination called off",
            "Your medical examination has been called off, please do not come.",
            facts=(("Time called off", "{at}"),),
        ),
    },
    "certificates.ready": {
        "pl": Words(
            "Visita: dokument, na który czekasz, jest gotowy. Znajdziesz go w aplikacji.",
            "Twój dokument jest gotowy",
            "Dokument, na który czekasz, jest gotowy. Znajdziesz go w aplikacji po zalogowaniu.",
        ),
        "en": Words(
            "Visita: the document you are waiting for is ready. You will find it in the app.",
            "Your document is ready",
            "The document you are waiting for is ready. Sign in to the app to find it.",
        ),
    },
    "certificates.amended": {
        "pl": Words(
            "Visita: Twój dokument poprawiono. Nowa wersja jest w aplikacji, poprzednia nie obowiązuje.",
            "Twój dokument został poprawiony",
            "Nowa wersja dokumentu jest w aplikacji. Poprzednia nie obowiązuje; jeśli ją komuś przekazano, "
            "prosimy przekazać nową.",
        ),
        "en": Words(
            "Visita: your document was corrected. The new one is in the app, the old one no longer holds.",
            "Your document was corrected",
            "The new version is in the app. The one before no longer holds; if you have handed it to "
            "somebody, please hand them the new one.",
        ),
    },
    "certificates.void": {
        "pl": Words(
            "Visita: jeden z dokumentów w aplikacji został wycofany i nie obowiązuje. Zadzwonimy do Ciebie.",
            "Dokument został wycofany",
            "Jeden z dokumentów w aplikacji został wycofany i nie obowiązuje. Prosimy go nie używać; "
            "zadzwonimy do Ciebie.",
        ),
        "en": Words(
            "Visita: one of the documents in your app was withdrawn and no longer holds. We will call you.",
            "A document was withdrawn",
            "One of the documents in your app was withdrawn and no longer holds. Please do not use it; we "
            "will call you.",
        ),
    },
    "certificates.late": {
        "pl": Words(
            subject="Visita: zlecenie po terminie",
            lead="Zlecenie {case_id}: termin {due_on} minął, stan: {status}, priorytet: {priority}.",
            closing=_BY_SYSTEM["pl"],
        ),
        "en": Words(
            subject="case is late: {case_id}",
            lead="Case {case_id}: due {due_on} has passed, status: {status}, priority: {priority}.",
            closing=_BY_SYSTEM["en"],
        ),
    },
    "certificates.incident": {
        "pl": Words(
            subject="Incydent: unieważniono orzeczenie {number}",
            lead="Unieważniono orzeczenie {number}: {reason}.",
            facts=(("Orzeczenie", "{certificate_id}"), ("Zlecenie", "{case_id}")),
            more=("Prosimy przejrzeć dziennik orzeczenia i dopilnować, by ktoś zadzwonił do pacjenta.",),
            closing=_BY_SYSTEM["pl"],
        ),
        "en": Words(
            subject="Incident: certificate {number} made void",
            lead="Certificate {number} was made void: {reason}.",
            facts=(("Certificate", "{certificate_id}"), ("Case", "{case_id}")),
            more=("Please look at the log of the certificate, and see that the patient is phoned.",),
            closing=_BY_SYSTEM["en"],
        ),
    },
}


def patient_text(news: News, language: str, appointment: Appointment) -> Text:
    """One text in GSM-7; languages other than Polish are written to in English."""
    speech, full = speech_of(language), f"certificates.{news}"
    return text_of(full, WORDS[full], speech, {"at": when(appointment, speech)})


def patient_mail(news: News, language: str, appointment: Appointment) -> Mail:
    speech, full = speech_of(language), f"certificates.{news}"
    return mail_of(full, WORDS[full], speech, {"at": when(appointment, speech)})


def paper_text(news: PaperNews, language: str) -> Text:
    """That a certificate is ready, was corrected or withdrawn."""
    return text_of(f"certificates.{news}", WORDS[f"certificates.{news}"], speech_of(language), {})


def paper_mail(news: PaperNews, language: str) -> Mail:
    return mail_of(f"certificates.{news}", WORDS[f"certificates.{news}"], speech_of(language), {})


def breach_mail(case: CertificateCase) -> Mail:
    """For the team lead: which case, which day."""
    values = {"case_id": case.id, "due_on": case.due_on, "status": case.status, "priority": case.priority}
    full = "certificates.late"
    return mail_in_both(full, WORDS[full], {"pl": values, "en": values})


def incident_mail(certificate: Certificate) -> Mail:
    """For the team lead: which certificate was made void, and why."""
    known = {
        "number": certificate.number,
        "certificate_id": certificate.id,
        "case_id": certificate.case_id,
    }
    said = VOID_REASONS[certificate.void_reason]
    full = "certificates.incident"
    values = {speech: {**known, "reason": said[speech]} for speech in said}
    return mail_in_both(full, WORDS[full], values)


def when(appointment: Appointment, speech: Speech) -> str:
    """`wt. 24.11 14:00` on the clinic's clock."""
    wall = appointment.starts_at.astimezone(ZoneInfo(appointment.zone))
    return f"{_DAYS[speech][wall.weekday()]} {wall:%d.%m %H:%M}"
