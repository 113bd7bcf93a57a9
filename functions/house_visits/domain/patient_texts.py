"""Every text and mail to a patient, in Polish and English, each text one GSM-7 segment.

No name, no address, no complaint, no specialization: a phone lies on tables and shows texts to anybody, a
mail travels open, and others may read the mailbox.
"""

from collections.abc import Mapping
from typing import Final, get_args

from functions.house_visits.domain.patient_times import agreed, long_when
from functions.house_visits.domain.telling import News
from functions.house_visits.domain.texts import when
from functions.house_visits.domain.visit import Visit
from shared.contracts.notice_words import Mail, Text, Words, WordsOf, mail_of, speech_of, text_of

MOVED: Final = "patient_moved"  # rescheduled, and somebody comes
NAMES: Final[tuple[str, ...]] = (*get_args(News), MOVED)


def _pl(text: str, subject: str, lead: str) -> Words:
    return Words(text, subject, lead, facts=(("Termin", "{time}"),), sender="Visita, wizyty domowe")


def _en(text: str, subject: str, lead: str) -> Words:
    return Words(text, subject, lead, facts=(("Time", "{time}"),), sender="Visita, home visits")


WORDS: Final[Mapping[str, WordsOf]] = {
    "house_visits.booked": {
        "pl": _pl(
            "Visita: wizyta domowa potwierdzona: {when}. Gdyby coś się zmieniło, zadzwoń do nas.",
            "Wizyta domowa potwierdzona",
            "Lekarz przyjedzie do Ciebie w podanym czasie. Termin możesz dodać do kalendarza z załącznika.",
        ),
        "en": _en(
            "Visita: your home visit is confirmed: {when}. If anything changes, please call us.",
            "Your home visit is confirmed",
            "A doctor will come to you at the time below. The attached file adds it to your calendar.",
        ),
    },
    "house_visits.searching_again": {
        "pl": _pl(
            "Visita: lekarz nie może przyjechać. Szukamy innego na {when} i damy znać.",
            "Szukamy innego lekarza",
            "Lekarz, który miał przyjechać, niestety nie może. Szukamy innego na ten sam czas i damy znać.",
        ),
        "en": _en(
            "Visita: the doctor cannot come. We are looking for another for {when} and will let you know.",
            "We are looking for another doctor",
            "The doctor who was to come cannot. We are looking for another one for the same time and will "
            "let you know.",
        ),
    },
    "house_visits.cancelled": {
        "pl": _pl(
            "Visita: wizyta domowa {when} została odwołana. Masz pytania? Zadzwoń do nas.",
            "Wizyta domowa odwołana",
            "Ta wizyta została odwołana: nikt nie przyjedzie.",
        ),
        "en": _en(
            "Visita: the home visit on {when} has been called off. Any questions? Please call us.",
            "Your home visit has been called off",
            "This visit has been called off: nobody will come.",
        ),
    },
    "house_visits.rescheduled": {
        "pl": _pl(
            "Visita: przekładamy wizytę domową na {when}. Szukamy lekarza i damy znać.",
            "Przekładamy wizytę domową",
            "Szukamy lekarza na nowy termin. Damy znać, gdy ktoś go potwierdzi.",
        ),
        "en": _en(
            "Visita: we are moving your home visit to {when}. We will tell you when a doctor is found.",
            "We are moving your home visit",
            "We are looking for a doctor for the new time and will let you know when it is confirmed.",
        ),
    },
    "house_visits.patient_moved": {
        "pl": _pl(
            "Visita: nowy termin wizyty domowej: {when}. Jeśli nie pasuje, zadzwoń do nas.",
            "Nowy termin wizyty domowej",
            "Lekarz przyjedzie w innym czasie, niż było ustalone. Jeśli nowy termin nie pasuje, zadzwoń.",
        ),
        "en": _en(
            "Visita: your home visit has a new time: {when}. If it does not suit you, please call us.",
            "A new time for your home visit",
            "The doctor will come at another time than agreed. If it does not suit you, please call us.",
        ),
    },
    "house_visits.unfilled": {
        "pl": _pl(
            "Visita: nie znaleźliśmy lekarza na {when}. Zadzwoń do nas. W nagłej potrzebie dzwoń pod 112.",
            "Nie znaleźliśmy lekarza",
            "Mimo starań nie udało się znaleźć lekarza na ten termin. Zadzwoń do nas, poszukamy innego "
            "rozwiązania. W nagłej potrzebie dzwoń pod 112.",
        ),
        "en": _en(
            "Visita: we have found no doctor for {when}. Please call us. In an emergency dial 112.",
            "We have found no doctor",
            "We tried, but found no doctor for this time. Please call us and we will look for another way. "
            "In an emergency dial 112.",
        ),
    },
    "house_visits.doctor_absent": {
        "pl": _pl(
            "Visita: przepraszamy, lekarz nie dotarł. Zadzwonimy do Ciebie w sprawie nowej wizyty.",
            "Przepraszamy: lekarz nie dotarł",
            "Bardzo nam przykro. Zadzwonimy do Ciebie, żeby umówić nową wizytę.",
        ),
        "en": _en(
            "Visita: we are sorry, the doctor did not come. We will call you about a new visit.",
            "We are sorry: the doctor did not come",
            "We apologise. We will call you to arrange a new visit.",
        ),
    },
    "house_visits.patient_absent": {
        "pl": _pl(
            "Visita: lekarz przyjechał, ale nikogo nie zastał. Zadzwoń do nas.",
            "Lekarz nikogo nie zastał",
            "Lekarz przyjechał w umówionym czasie, ale nikt nie otworzył. Zadzwoń do nas, prosimy.",
        ),
        "en": _en(
            "Visita: the doctor came but nobody was at home. Please call us.",
            "The doctor found nobody at home",
            "The doctor came at the agreed time, but nobody opened. Please call us.",
        ),
    },
}


def patient_text(name: str, language: str, visit: Visit) -> Text:
    """One text in GSM-7; languages other than Polish are written to in English."""
    speech, full = speech_of(language), f"house_visits.{name}"
    return text_of(full, WORDS[full], speech, {"when": when(agreed(visit), speech)})


def patient_mail(name: str, language: str, visit: Visit) -> Mail:
    """The mail of that name, in the same languages."""
    speech, full = speech_of(language), f"house_visits.{name}"
    return mail_of(full, WORDS[full], speech, {"time": long_when(agreed(visit), speech)})


def name_of(news: News, visit: Visit) -> str:
    """The notice that some news calls for: a new time is other news while somebody comes."""
    return MOVED if news == "rescheduled" and visit.winner is not None else news
