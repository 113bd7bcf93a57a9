"""Every text this module sends to a referred person, in Polish and English.

A text to a phone says no name, no employer and no clinic: a phone lies on tables and shows texts to anybody.
The mail says where and how to prepare.
"""

from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from functions.referrals.domain.letters import News
from shared.kernel.gsm import to_gsm

Speech = Literal["pl", "en"]


class Mail(NamedTuple):
    """`lead` is the one sentence that says it: it also stands in the calendar."""

    subject: str
    lead: str
    text: str
    html: str


_TEXTS: Final[Mapping[News, Mapping[Speech, str]]] = {
    "invited": {
        "pl": "Visita: wybierz termin badania lekarskiego: {link}",
        "en": "Visita: choose the time of your medical examination: {link}",
    },
    "scheduled": {
        "pl": "Visita: badanie lekarskie {when}. Zmiana: {link}",
        "en": "Visita: medical examination {when}. To change: {link}",
    },
    "called_off": {
        "pl": "Visita: badanie lekarskie zostało odwołane. Masz pytania? Zapytaj kadry lub zadzwoń do nas.",
        "en": "Visita: your medical examination has been called off. Questions? Ask HR or call us.",
    },
    "missed": {
        "pl": "Visita: nie było Cię na badaniu lekarskim. Wybierz inny termin: {link}",
        "en": "Visita: you missed your medical examination. Choose another time: {link}",
    },
}

_MAILS: Final[Mapping[News, Mapping[Speech, tuple[str, str]]]] = {
    "invited": {
        "pl": (
            "Wybierz termin badania lekarskiego",
            "Pracodawca skierował Cię na badanie lekarskie. Wybierz dogodny termin, bez logowania:",
        ),
        "en": (
            "Choose the time of your medical examination",
            "Your employer has referred you to a medical examination. Choose a time, no account needed:",
        ),
    },
    "scheduled": {
        "pl": ("Termin badania lekarskiego", "Twoje badanie jest umówione. Termin możesz zmienić tutaj:"),
        "en": ("Your medical examination", "Your examination is booked. You can change the time here:"),
    },
    "called_off": {
        "pl": ("Badanie lekarskie odwołane", "Skierowanie na badanie nie jest już ważne: nie przychodź."),
        "en": ("Medical examination called off", "The referral does not hold any more: please do not come."),
    },
    "missed": {
        "pl": ("Nie było Cię na badaniu", "Nie było Cię na umówionym badaniu. Wybierz inny termin:"),
        "en": ("You missed your examination", "You did not come to the examination. Choose another time:"),
    },
}
_WHEN: Final = {"pl": "Termin: {when}", "en": "Time: {when}"}
_WHERE: Final = {"pl": "Miejsce: {where}", "en": "Place: {where}"}
_PREPARE: Final = {
    "pl": "Weź ze sobą dokument tożsamości, okulary, jeśli je nosisz, i dotychczasowe wyniki badań. "
    "Przyjdź najedzony: na czczo trzeba być tylko, gdy przychodnia o to poprosi.",
    "en": "Bring an identity card, your glasses if you wear any, and earlier test results. "
    "You need not come on an empty stomach unless the clinic asks you to.",
}
_HELLO: Final = {"pl": "Dzień dobry,", "en": "Hello,"}
_CLOSING: Final = {
    "pl": "Na tę wiadomość nie trzeba odpowiadać. W razie pytań zadzwoń do nas.\nVisita, medycyna pracy",
    "en": "There is no need to answer this message. If you have questions, please call us.\n"
    "Visita, occupational medicine",
}
_DAYS: Final = {
    "pl": ("pon.", "wt.", "śr.", "czw.", "pt.", "sob.", "niedz."),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


def speech_of(language: str) -> Speech:
    """Languages other than Polish are written to in English."""
    return "pl" if language == "pl" else "en"


def employee_text(news: News, speech: Speech, starts_at: datetime | None, zone: str, link: str) -> str:
    """One text in GSM-7."""
    return to_gsm(_TEXTS[news][speech].format(when=when(starts_at, zone, speech), link=link))


def employee_mail(
    news: News, speech: Speech, starts_at: datetime | None, zone: str, link: str, where: str
) -> Mail:
    """`where`: the clinic and its address, "" where nothing is booked."""
    subject, lead = _MAILS[news][speech]
    booked = news == "scheduled" and starts_at is not None
    told = [
        _HELLO[speech],
        *((_WHEN[speech].format(when=when(starts_at, zone, speech)),) if booked else ()),
        *((_WHERE[speech].format(where=where),) if booked and where else ()),
        *((_PREPARE[speech],) if booked else ()),
        lead,
    ]
    ends = _CLOSING[speech].split("\n")
    text = "\n\n".join((*told, *((link,) if link else ()), *ends)) + "\n"
    shown = [f"<p>{escape(one)}</p>" for one in told]
    shown += [f'<p><a href="{escape(link)}">{escape(link)}</a></p>'] if link else []
    return Mail(subject, lead, text, "".join((*shown, *(f"<p>{escape(one)}</p>" for one in ends))))


def when(starts_at: datetime | None, zone: str, speech: Speech) -> str:
    """`wt. 24.11. 14:00` on the clock of the place."""
    if starts_at is None:
        return ""
    wall = starts_at.astimezone(ZoneInfo(zone))
    return f"{_DAYS[speech][wall.weekday()]} {wall.day}.{wall.month}. {wall:%H:%M}"


def every_text() -> list[str]:
    """For the test that each is one segment."""
    link = "https://visita.example/badanie#" + "X" * 15
    at = datetime.fromisoformat("2026-11-29T14:00:00+00:00")
    return [employee_text(news, speech, at, "UTC", link) for news in _TEXTS for speech in _TEXTS[news]]
