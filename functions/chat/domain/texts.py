"""What the case says in its thread, and the text to who has not read, in Polish and English.

The text names nobody and nothing that was written, and is one GSM-7 segment.
"""

from collections.abc import Mapping
from typing import Final

from functions.chat.domain.thread import Thread
from shared.contracts.circles import CaseKind, Stage
from shared.contracts.notice_words import Text, Words, WordsOf, speech_of, text_of
from shared.kernel.actors import Role
from shared.kernel.plurals import Speech

Spoken = Speech

OPENED: Final = "opened"
REOPENED: Final = "reopened"
CLOSED: Final = "closed"
LET_IN: Final = "let_in"

NEWS: Final[Mapping[str, Mapping[Spoken, str]]] = {
    OPENED: {"pl": "Rozmowa otwarta.", "en": "The conversation is open."},
    REOPENED: {"pl": "Rozmowa otwarta ponownie.", "en": "The conversation is open again."},
    CLOSED: {"pl": "Rozmowa zamknięta.", "en": "The conversation is closed."},
    LET_IN: {
        "pl": "Do rozmowy dopuszczono lekarzy, których zapytano.",
        "en": "Doctors who were asked have been let in.",
    },
}
STAGES: Final[Mapping[Stage, Mapping[Spoken, str]]] = {
    Stage.REQUESTED: {"pl": "Szukamy lekarza od nowa.", "en": "A doctor is looked for anew."},
    Stage.UNKNOWN_OUTCOME: {
        "pl": "Czekamy na odpowiedź przychodni.",
        "en": "The clinic has not answered yet.",
    },
    Stage.OFFERING: {"pl": "Trwa szukanie lekarza.", "en": "Doctors are being asked."},
    Stage.OUTSIDE: {"pl": "Lekarza szuka centrum obsługi.", "en": "The call centre looks for a doctor."},
    Stage.BOOKED: {"pl": "Wizyta jest umówiona.", "en": "The visit is booked."},
    Stage.COMPLETED: {"pl": "Wizyta się odbyła.", "en": "The visit has taken place."},
    Stage.NO_SHOW: {"pl": "Wizyta się nie odbyła.", "en": "The visit did not take place."},
    Stage.CLOSED_UNFILLED: {"pl": "Nie znaleziono lekarza.", "en": "No doctor was found."},
    Stage.PENDING: {"pl": "Sprawa czeka na lekarza.", "en": "The case waits for a doctor."},
    Stage.RESERVED: {"pl": "Lekarz zarezerwował sprawę.", "en": "A doctor has reserved the case."},
    Stage.SCHEDULED: {"pl": "Badanie jest umówione.", "en": "The examination is booked."},
    Stage.ISSUED: {"pl": "Zaświadczenie zostało wydane.", "en": "The certificate has been issued."},
    Stage.CANCELLED: {"pl": "Sprawa została odwołana.", "en": "The case has been cancelled."},
}
ROLES: Final[Mapping[Role, Mapping[Spoken, str]]] = {
    Role.DOCTOR: {"pl": "Lekarz", "en": "Doctor"},
    Role.OPERATOR: {"pl": "Centrum obsługi", "en": "Call centre"},
    Role.ADMIN: {"pl": "Centrum obsługi", "en": "Call centre"},
    Role.SYSTEM: {"pl": "Visita", "en": "Visita"},
}
DELETED: Final[Mapping[Spoken, str]] = {"pl": "Wiadomość cofnięta.", "en": "This message was taken back."}

WORDS: Final[Mapping[str, WordsOf]] = {
    "chat.unread": {
        "pl": Words(
            "Visita: masz nową wiadomość od centrum obsługi. Przeczytasz ją w aplikacji. "
            "Możesz też odpowiedzieć tym SMS-em."
        ),
        "en": Words(
            "Visita: you have a new message from the call centre. Read it in the app. "
            "You can also answer this text."
        ),
    },
}
TITLES: Final[Mapping[CaseKind, Mapping[Spoken, str]]] = {
    "visit": {"pl": "Wizyta domowa", "en": "House visit"},
    "certificate": {"pl": "Zaświadczenie", "en": "Certificate"},
}


def news_text(news: str, language: Spoken) -> str:
    """What the case says; news that this version does not know are said as they are."""
    if news in NEWS:
        return NEWS[news][language]
    return STAGES[Stage(news)][language] if news in set(Stage) else news


def title_of(thread: Thread, language: Spoken) -> str:
    return TITLES[thread.case_kind][language]


def unread_text(language: str) -> Text:
    """In Polish for Polish readers, else in English."""
    return text_of("chat.unread", WORDS["chat.unread"], speech_of(language), {})
