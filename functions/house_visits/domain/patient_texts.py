"""Every text to a patient, in Polish and English, each one GSM-7 segment.

No name, no address, no complaint, no specialization: a phone lies on tables and shows texts to anybody.
"""

from collections.abc import Mapping
from typing import Final, get_args
from zoneinfo import ZoneInfo

from functions.house_visits.domain.telling import News
from functions.house_visits.domain.texts import Language, when
from functions.house_visits.domain.visit import Visit
from shared.kernel.gsm import to_gsm
from shared.kernel.times import PreferredWindow

MOVED: Final = "moved"  # rescheduled, and somebody comes
NAMES: Final[tuple[str, ...]] = (*get_args(News), MOVED)

_TEXTS: Final[Mapping[str, Mapping[str, str]]] = {
    "booked": {
        "pl": "Visita: wizyta domowa potwierdzona: {when}. Gdyby coś się zmieniło, zadzwoń do nas.",
        "en": "Visita: your home visit is confirmed: {when}. If anything changes, please call us.",
    },
    "searching_again": {
        "pl": "Visita: lekarz nie może przyjechać. Szukamy innego na {when} i damy znać.",
        "en": "Visita: the doctor cannot come. We are looking for another for {when} and will let you know.",
    },
    "cancelled": {
        "pl": "Visita: wizyta domowa {when} została odwołana. Masz pytania? Zadzwoń do nas.",
        "en": "Visita: the home visit on {when} has been called off. Any questions? Please call us.",
    },
    "rescheduled": {
        "pl": "Visita: przekładamy wizytę domową na {when}. Szukamy lekarza i damy znać.",
        "en": "Visita: we are moving your home visit to {when}. We will tell you when a doctor is found.",
    },
    "moved": {
        "pl": "Visita: nowy termin wizyty domowej: {when}. Jeśli nie pasuje, zadzwoń do nas.",
        "en": "Visita: your home visit has a new time: {when}. If it does not suit you, please call us.",
    },
    "unfilled": {
        "pl": "Visita: nie znaleźliśmy lekarza na {when}. Zadzwoń do nas. W nagłej potrzebie dzwoń pod 112.",
        "en": "Visita: we have found no doctor for {when}. Please call us. In an emergency dial 112.",
    },
    "doctor_absent": {
        "pl": "Visita: przepraszamy, lekarz nie dotarł. Zadzwonimy do Ciebie w sprawie nowej wizyty.",
        "en": "Visita: we are sorry, the doctor did not come. We will call you about a new visit.",
    },
    "patient_absent": {
        "pl": "Visita: lekarz przyjechał, ale nikogo nie zastał. Zadzwoń do nas.",
        "en": "Visita: the doctor came but nobody was at home. Please call us.",
    },
}


def patient_text(name: str, language: str, visit: Visit) -> str:
    """One text in GSM-7; languages other than Polish are written to in English."""
    speech = speech_of(language)
    return to_gsm(_TEXTS[name][speech].format(when=when(agreed(visit), speech)))


def name_of(news: News, visit: Visit) -> str:
    """The text that some news calls for: a new time is other news while somebody comes."""
    return MOVED if news == "rescheduled" and visit.winner is not None else news


def speech_of(language: str) -> Language:
    return "pl" if language == "pl" else "en"


def agreed(visit: Visit) -> PreferredWindow:
    """When somebody comes, on the patient's clock: the booked time where there is one, else the window."""
    if visit.winner is None or visit.winner.starts_at is None or visit.winner.ends_at is None:
        return visit.window
    zone = ZoneInfo(visit.window.zone)
    begins, ends = visit.winner.starts_at.astimezone(zone), visit.winner.ends_at.astimezone(zone)
    return visit.window.but(day=begins.date(), begins=begins.time(), ends=ends.time())
