"""Every text to a doctor, in Polish and English, each one GSM-7 segment.

No names, no address, no complaint: district, time, specialization and code. Words that carriers read as
opt-out or opt-in stand nowhere: tests look.
"""

from collections.abc import Mapping, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from functions.house_visits.domain.visit import Visit
from shared.contracts.notice_words import Text, Words, WordsOf, speech_of, text_of
from shared.contracts.specializations import LABELS
from shared.kernel.gsm import segments
from shared.kernel.plurals import Speech
from shared.kernel.times import PreferredWindow

PLACE_MAX = 28
SPECIALIZATION_MAX = 24

_DAYS: Final[Mapping[Speech, Sequence[str]]] = {
    "pl": ("pon.", "wt.", "śr.", "czw.", "pt.", "sob.", "niedz."),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}

WORDS: Final[Mapping[str, WordsOf]] = {
    "house_visits.offer": {
        "pl": Words(
            "Visita: wizyta domowa, {what}, {where}, {when}. Bierzesz? Odpisz TAK {code} albo NIE {code}."
        ),
        "en": Words(
            "Visita: home visit, {what}, {where}, {when}. Can you take it? Reply YES {code} or NO {code}."
        ),
    },
    "house_visits.won": {
        "pl": Words("Visita: wizyta {code} jest Twoja, {when}. Adres i dane w aplikacji. Dziękujemy!"),
        "en": Words("Visita: visit {code} is yours, {when}. Address and details are in the app. Thank you!"),
    },
    "house_visits.already_yours": {
        "pl": Words("Visita: wizyta {code} jest już Twoja, {when}. Szczegóły w aplikacji."),
        "en": Words("Visita: visit {code} is already yours, {when}. Details are in the app."),
    },
    "house_visits.taken": {
        "pl": Words("Visita: wizytę {code} wziął już ktoś inny. Dziękujemy za odpowiedź!"),
        "en": Words("Visita: visit {code} has already been taken. Thank you for answering!"),
    },
    "house_visits.closed": {
        "pl": Words("Visita: wizyta {code} jest już obsadzona, nie trzeba odpisywać. Dziękujemy!"),
        "en": Words("Visita: visit {code} has been filled, no answer is needed. Thank you!"),
    },
    "house_visits.not_needed": {
        "pl": Words("Visita: wizyta {code} nie jest już potrzebna. Dziękujemy!"),
        "en": Words("Visita: visit {code} is no longer needed. Thank you!"),
    },
    "house_visits.offer_over": {
        "pl": Words("Visita: oferta {code} nie jest już aktualna, nie trzeba odpisywać. Dziękujemy!"),
        "en": Words("Visita: offer {code} is no longer open, no answer is needed. Thank you!"),
    },
    "house_visits.moved": {
        "pl": Words(
            "Visita: wizyta {code} została przełożona na inny dzień lub godzinę, prosimy nie jechać."
        ),
        "en": Words("Visita: visit {code} has been moved to another time, please do not set out."),
    },
    "house_visits.too_late": {
        "pl": Words("Visita: na wizytę {code} jest już za późno. Dziękujemy za odpowiedź!"),
        "en": Words("Visita: it is too late for visit {code} now. Thank you for answering!"),
    },
    "house_visits.operator_calls": {
        "pl": Words("Visita: dziękujemy, oddzwoni do Ciebie operator."),
        "en": Words("Visita: thank you, an operator will call you."),
    },
    "house_visits.declined": {
        "pl": Words("Visita: rozumiemy, wizyta {code} trafi do kogoś innego. Dziękujemy!"),
        "en": Words("Visita: understood, visit {code} goes to somebody else. Thank you!"),
    },
    "house_visits.which": {
        "pl": Words("Visita: masz kilka ofert. Odpisz z kodem: {choices}."),
        "en": Words("Visita: you hold several offers. Reply with the code: {choices}."),
    },
    "house_visits.say_clearly": {
        "pl": Words("Visita: nie mamy pewności. Odpisz TAK {code} albo NIE {code}."),
        "en": Words("Visita: we are not sure what you mean. Reply YES {code} or NO {code}."),
    },
    "house_visits.unknown_code": {
        "pl": Words("Visita: nie znamy takiego kodu. Sprawdź kod w SMS-ie z ofertą."),
        "en": Words("Visita: we do not know that code. Please check the code in the offer."),
    },
    "house_visits.welcome_back": {
        "pl": Words("Visita: znów będziemy pisać na ten numer."),
        "en": Words("Visita: we will text this number again."),
    },
}

YES: Final[Mapping[Speech, str]] = {"pl": "TAK", "en": "YES"}


class TextTooLong(ValueError):
    """The text does not fit one segment."""


def doctor_text(name: str, language: str, visit: Visit | None = None, code: str = "", zone: str = "") -> Text:
    """One text to a doctor in GSM-7; languages other than Polish are written to in English."""
    speech = speech_of(language)
    facts = {"code": code}
    if visit is not None:
        facts |= {
            "what": _short(getattr(LABELS[visit.specialization], speech), SPECIALIZATION_MAX),
            "where": place_of(visit),
            "when": when(visit.window, speech, zone),
        }
    return _text(name, speech, facts)


def which_text(language: str, codes: Sequence[str]) -> Text:
    """Asks which of several offers is meant, naming as many codes as one segment holds."""
    speech = speech_of(language)
    for shown in range(len(codes), 0, -1):
        text = _text("which", speech, {"choices": ", ".join(f"{YES[speech]} {one}" for one in codes[:shown])})
        if segments(text.body).segments == 1:
            return text
    raise TextTooLong("which")


def _text(name: str, speech: Speech, facts: Mapping[str, str]) -> Text:
    full = f"house_visits.{name}"
    return text_of(full, WORDS[full], speech, facts)


def when(window: PreferredWindow, speech: Speech, zone: str = "") -> str:
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
