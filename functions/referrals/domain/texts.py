"""Every text and mail to a referred person, and of certificates of fitness, in Polish and English.

A text to a phone says no name, no employer and no clinic: a phone lies on tables and shows texts to anybody.
The mail says where and how to prepare. Of a certificate none says what it says.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from functions.referrals.domain.fitness_letters import FitnessNews
from functions.referrals.domain.letters import News
from shared.contracts.notice_words import Mail, Text, Words, WordsOf, mail_of, text_of
from shared.kernel.plurals import Speech

SENDER: Final[Mapping[Speech, str]] = {
    "pl": "Visita, medycyna pracy",
    "en": "Visita, occupational medicine",
}
_BOOKED: Final[Mapping[Speech, tuple[tuple[str, str], ...]]] = {
    "pl": (("Termin", "{at}"), ("Miejsce", "{place}")),
    "en": (("Time", "{at}"), ("Place", "{place}")),
}
_PREPARE: Final[Mapping[Speech, str]] = {
    "pl": "Weź ze sobą dokument tożsamości, okulary, jeśli je nosisz, i dotychczasowe wyniki badań. "
    "Przyjdź najedzony: na czczo trzeba być tylko, gdy przychodnia o to poprosi.",
    "en": "Bring an identity card, your glasses if you wear any, and earlier test results. "
    "You need not come on an empty stomach unless the clinic asks you to.",
}
_DAYS: Final[Mapping[Speech, tuple[str, ...]]] = {
    "pl": ("pon.", "wt.", "śr.", "czw.", "pt.", "sob.", "niedz."),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}

WORDS: Final[Mapping[str, WordsOf]] = {
    "referrals.invited": {
        "pl": Words(
            "Visita: wybierz termin badania lekarskiego: {link}",
            "Wybierz termin badania lekarskiego",
            "Pracodawca skierował Cię na badanie lekarskie. Wybierz dogodny termin, bez logowania:",
            link="{link}",
            sender=SENDER["pl"],
        ),
        "en": Words(
            "Visita: choose the time of your medical examination: {link}",
            "Choose the time of your medical examination",
            "Your employer has referred you to a medical examination. Choose a time, no account needed:",
            link="{link}",
            sender=SENDER["en"],
        ),
    },
    "referrals.scheduled": {
        "pl": Words(
            "Visita: badanie lekarskie {at}. Zmiana: {link}",
            "Termin badania lekarskiego",
            "Twoje badanie jest umówione. Termin możesz zmienić tutaj:",
            link="{link}",
            facts=_BOOKED["pl"],
            more=(_PREPARE["pl"],),
            sender=SENDER["pl"],
        ),
        "en": Words(
            "Visita: medical examination {at}. To change: {link}",
            "Your medical examination",
            "Your examination is booked. You can change the time here:",
            link="{link}",
            facts=_BOOKED["en"],
            more=(_PREPARE["en"],),
            sender=SENDER["en"],
        ),
    },
    "referrals.called_off": {
        "pl": Words(
            "Visita: badanie lekarskie zostało odwołane. Masz pytania? Zapytaj kadry lub zadzwoń do nas.",
            "Badanie lekarskie odwołane",
            "Skierowanie na badanie nie jest już ważne: nie przychodź.",
            sender=SENDER["pl"],
        ),
        "en": Words(
            "Visita: your medical examination has been called off. Questions? Ask HR or call us.",
            "Medical examination called off",
            "The referral does not hold any more: please do not come.",
            sender=SENDER["en"],
        ),
    },
    "referrals.missed": {
        "pl": Words(
            "Visita: nie było Cię na badaniu lekarskim. Wybierz inny termin: {link}",
            "Nie było Cię na badaniu",
            "Nie było Cię na umówionym badaniu. Wybierz inny termin:",
            link="{link}",
            sender=SENDER["pl"],
        ),
        "en": Words(
            "Visita: you missed your medical examination. Choose another time: {link}",
            "You missed your examination",
            "You did not come to the examination. Choose another time:",
            link="{link}",
            sender=SENDER["en"],
        ),
    },
    "referrals.fitness_ready": {
        "pl": Words(
            "Visita: orzeczenie po badaniu jest gotowe. Znajdziesz je w aplikacji.",
            "Orzeczenie lekarskie jest gotowe",
            "Orzeczenie lekarskie po badaniu jest gotowe. Znajdziesz je w aplikacji po zalogowaniu.",
            sender=SENDER["pl"],
        ),
        "en": Words(
            "Visita: the certificate of your examination is ready. You will find it in the app.",
            "Your certificate is ready",
            "The certificate of your examination is ready. Sign in to the app to find it.",
            sender=SENDER["en"],
        ),
    },
    "referrals.fitness_void": {
        "pl": Words(
            "Visita: orzeczenie po badaniu jest nieważne. Zadzwoń do nas, aby dowiedzieć się więcej.",
            "Orzeczenie lekarskie jest nieważne",
            "Orzeczenie lekarskie po badaniu unieważniono i nie wolno się na nie powoływać.",
            sender=SENDER["pl"],
        ),
        "en": Words(
            "Visita: the certificate of your examination is void. Please call us to learn more.",
            "Your certificate is void",
            "The certificate of your examination was made void and must not be relied upon.",
            sender=SENDER["en"],
        ),
    },
}


def employee_text(news: News, speech: Speech, starts_at: datetime | None, zone: str, link: str) -> Text:
    """One text in GSM-7."""
    full = f"referrals.{news}"
    return text_of(full, WORDS[full], speech, {"at": when(starts_at, zone, speech), "link": link})


def employee_mail(
    news: News, speech: Speech, starts_at: datetime | None, zone: str, link: str, where: str
) -> Mail:
    """`where`: the clinic and its address, "" where nothing is booked."""
    full = f"referrals.{news}"
    values = {"at": when(starts_at, zone, speech), "link": link, "place": where}
    return mail_of(full, WORDS[full], speech, values)


def fitness_text(news: FitnessNews, speech: Speech) -> Text:
    full = f"referrals.fitness_{news}"
    return text_of(full, WORDS[full], speech, {})


def fitness_mail(news: FitnessNews, speech: Speech) -> Mail:
    full = f"referrals.fitness_{news}"
    return mail_of(full, WORDS[full], speech, {})


def when(starts_at: datetime | None, zone: str, speech: Speech) -> str:
    """`wt. 24.11. 14:00` on the clock of the place."""
    if starts_at is None:
        return ""
    wall = starts_at.astimezone(ZoneInfo(zone))
    return f"{_DAYS[speech][wall.weekday()]} {wall.day}.{wall.month}. {wall:%H:%M}"
