"""Every text this module sends, in Polish and English; texts to phones are one GSM-7 segment each.

No name, no clinic, no reason: a phone lies on tables and shows texts to anybody. The mail to the team lead
names the case by its id alone.
"""

from collections.abc import Mapping
from typing import Final, Literal
from zoneinfo import ZoneInfo

from functions.certificates.domain.appointment import Appointment
from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.telling import News
from shared.kernel.gsm import to_gsm
from shared.kernel.records import Value

Language = Literal["pl", "en"]

_DAYS: Final = {
    "pl": ("pon.", "wt.", "śr.", "czw.", "pt.", "sob.", "niedz."),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}

_TEXTS: Final[Mapping[News, Mapping[Language, str]]] = {
    "appointment": {
        "pl": "Visita: termin badania lekarskiego: {when}. Gdyby coś się zmieniło, zadzwoń do nas.",
        "en": "Visita: your medical examination is on {when}. If anything changes, please call us.",
    },
    "appointment_cancelled": {
        "pl": "Visita: badanie lekarskie {when} zostało odwołane. Masz pytania? Zadzwoń do nas.",
        "en": "Visita: the medical examination on {when} has been called off. Any questions? Please call us.",
    },
}

_SUBJECTS: Final[Mapping[News, Mapping[Language, str]]] = {
    "appointment": {"pl": "Termin badania lekarskiego", "en": "Your medical examination"},
    "appointment_cancelled": {"pl": "Badanie lekarskie odwołane", "en": "Medical examination called off"},
}

_BRING: Final[Mapping[Language, str]] = {
    "pl": "Adres przychodni poda nasza infolinia. Weź ze sobą dokument tożsamości i dokumentację medyczną.",
    "en": "Our call centre tells you the clinic's address. Bring an identity card and your medical records.",
}

_LATE: Final = (
    "Zlecenie {case_id}: termin {due_on} minął, stan: {status}, priorytet: {priority}.\n"
    "Case {case_id}: due {due_on} has passed, status: {status}, priority: {priority}.\n"
)


class Mail(Value):
    subject: str
    text: str


def patient_text(news: News, language: str, appointment: Appointment) -> str:
    """One text in GSM-7; languages other than Polish are written to in English."""
    speech = speech_of(language)
    return to_gsm(_TEXTS[news][speech].format(when=when(appointment, speech)))


def patient_mail(news: News, language: str, appointment: Appointment) -> Mail:
    speech = speech_of(language)
    lines = [_TEXTS[news][speech].format(when=when(appointment, speech)).removeprefix("Visita: ")]
    lines = [lines[0][0].upper() + lines[0][1:], *([_BRING[speech]] if news == "appointment" else [])]
    return Mail(subject=f"Visita: {_SUBJECTS[news][speech]}", text="\n\n".join(lines) + "\n")


def breach_mail(case: CertificateCase) -> Mail:
    """Both languages in one: a team lead reads either."""
    text = _LATE.format(case_id=case.id, due_on=case.due_on, status=case.status, priority=case.priority)
    return Mail(subject=f"Visita: zlecenie po terminie / case is late: {case.id}", text=text)


def speech_of(language: str) -> Language:
    return "pl" if language == "pl" else "en"


def when(appointment: Appointment, speech: Language) -> str:
    """`wt. 24.11 14:00` on the clinic's clock."""
    wall = appointment.starts_at.astimezone(ZoneInfo(appointment.zone))
    return f"{_DAYS[speech][wall.weekday()]} {wall:%d.%m %H:%M}"
