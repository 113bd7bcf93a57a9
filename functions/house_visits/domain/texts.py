"""Every text this module sends, in Polish and English, each one GSM-7 segment.

No names, no address, no complaint: district, time, specialization and code. Words that carriers read as
opt-out or opt-in stand nowhere: tests look.
"""

from collections.abc import Sequence
from typing import Final, Literal
from zoneinfo import ZoneInfo

from functions.house_visits.domain.visit import Visit
from shared.contracts.specializations import LABELS
from shared.kernel.gsm import segments, to_gsm
from shared.kernel.times import PreferredWindow

Language = Literal["pl", "en"]
PLACE_MAX = 28
SPECIALIZATION_MAX = 24

_DAYS: Final = {
    "pl": ("pon.", "wt.", "śr.", "czw.", "pt.", "sob.", "niedz."),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}

_TEXTS: Final[dict[str, dict[str, str]]] = {
    "offer": {
        "pl": "Visita: wizyta domowa, {what}, {where}, {when}. Bierzesz? Odpisz TAK {code} albo NIE {code}.",
        "en": "Visita: home visit, {what}, {where}, {when}. Can you take it? Reply YES {code} or NO {code}.",
    },
    "won": {
        "pl": "Visita: wizyta {code} jest Twoja, {when}. Adres i dane w aplikacji. Dziękujemy!",
        "en": "Visita: visit {code} is yours, {when}. Address and details are in the app. Thank you!",
    },
    "already_yours": {
        "pl": "Visita: wizyta {code} jest już Twoja, {when}. Szczegóły w aplikacji.",
        "en": "Visita: visit {code} is already yours, {when}. Details are in the app.",
    },
    "taken": {
        "pl": "Visita: wizytę {code} wziął już ktoś inny. Dziękujemy za odpowiedź!",
        "en": "Visita: visit {code} has already been taken. Thank you for answering!",
    },
    "closed": {
        "pl": "Visita: wizyta {code} jest już obsadzona, nie trzeba odpisywać. Dziękujemy!",
        "en": "Visita: visit {code} has been filled, no answer is needed. Thank you!",
    },
    "not_needed": {
        "pl": "Visita: wizyta {code} nie jest już potrzebna. Dziękujemy!",
        "en": "Visita: visit {code} is no longer needed. Thank you!",
    },
    "offer_over": {
        "pl": "Visita: oferta {code} nie jest już aktualna, nie trzeba odpisywać. Dziękujemy!",
        "en": "Visita: offer {code} is no longer open, no answer is needed. Thank you!",
    },
    "moved": {
        "pl": "Visita: wizyta {code} została przełożona na inny dzień lub godzinę, prosimy nie jechać.",
        "en": "Visita: visit {code} has been moved to another time, please do not set out.",
    },
    "too_late": {
        "pl": "Visita: na wizytę {code} jest już za późno. Dziękujemy za odpowiedź!",
        "en": "Visita: it is too late for visit {code} now. Thank you for answering!",
    },
    "operator_calls": {
        "pl": "Visita: dziękujemy, oddzwoni do Ciebie operator.",
        "en": "Visita: thank you, an operator will call you.",
    },
    "declined": {
        "pl": "Visita: rozumiemy, wizyta {code} trafi do kogoś innego. Dziękujemy!",
        "en": "Visita: understood, visit {code} goes to somebody else. Thank you!",
    },
    "which": {
        "pl": "Visita: masz kilka ofert. Odpisz z kodem: {choices}.",
        "en": "Visita: you hold several offers. Reply with the code: {choices}.",
    },
    "say_clearly": {
        "pl": "Visita: nie mamy pewności. Odpisz TAK {code} albo NIE {code}.",
        "en": "Visita: we are not sure what you mean. Reply YES {code} or NO {code}.",
    },
    "unknown_code": {
        "pl": "Visita: nie znamy takiego kodu. Sprawdź kod w SMS-ie z ofertą.",
        "en": "Visita: we do not know that code. Please check the code in the offer.",
    },
    "welcome_back": {
        "pl": "Visita: znów będziemy wysyłać oferty na ten numer.",
        "en": "Visita: we will send offers to this number again.",
    },
}

YES: Final = {"pl": "TAK", "en": "YES"}


class TextTooLong(ValueError):
    """The text does not fit one segment."""


def doctor_text(name: str, language: str, visit: Visit | None = None, code: str = "", zone: str = "") -> str:
    """One text to a doctor in GSM-7; languages other than Polish are written to in English."""
    speech = "pl" if language == "pl" else "en"
    facts = {"code": code}
    if visit is not None:
        facts |= {
            "what": _short(getattr(LABELS[visit.specialization], speech), SPECIALIZATION_MAX),
            "where": place_of(visit),
            "when": when(visit.window, speech, zone),
        }
    return to_gsm(_TEXTS[name][speech].format(**facts))


def which_text(language: str, codes: Sequence[str]) -> str:
    """Asks which of several offers is meant, naming as many codes as one segment holds."""
    speech = "pl" if language == "pl" else "en"
    word = YES[speech]
    for shown in range(len(codes), 0, -1):
        text = to_gsm(
            _TEXTS["which"][speech].format(choices=", ".join(f"{word} {one}" for one in codes[:shown]))
        )
        if segments(text).segments == 1:
            return text
    raise TextTooLong("which")


def when(window: PreferredWindow, speech: str, zone: str = "") -> str:
    """`wt. 24.11 14:00-18:00` in the patient's zone, named where the reader lives in another."""
    day = _DAYS[speech][window.day.weekday()]
    text = f"{day} {window.day.day:02d}.{window.day.month:02d} {window.begins:%H:%M}-{window.ends:%H:%M}"
    if not zone or _offset(window, zone) == _offset(window, window.zone):
        return text
    return f"{text} ({window.zone.rpartition('/')[2].replace('_', ' ')})"


def _offset(window: PreferredWindow, zone: str) -> object:
    return window.starts_at.astimezone(ZoneInfo(zone)).utcoffset()


def place_of(visit: Visit) -> str:
    place = visit.address.city
    if visit.address.district and visit.address.district != place:
        place = f"{place} {visit.address.district}"
    return _short(place, PLACE_MAX)


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "."


NAMES: Final = tuple(_TEXTS)
