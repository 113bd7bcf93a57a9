"""Why a file was not read, in words for people, in Polish and English."""

from collections.abc import Mapping
from typing import Final

from functions.partners.domain.template_words import Spoken
from shared.contracts.workbooks import BookFault

_F = BookFault
_SAVE = {
    "pl": "Proszę zapisać plik jako skoroszyt Excel (.xlsx)",
    "en": "Please save it as an Excel workbook (.xlsx)",
}
_AGAIN = {"pl": "Proszę pobrać ankietę ponownie", "en": "Please get the questionnaire again"}

REASONS: Final[Mapping[str, Mapping[Spoken, str]]] = {
    "": {"pl": "", "en": ""},
    _F.EMPTY: {"pl": "Plik jest pusty.", "en": "The file is empty."},
    _F.TOO_LARGE: {
        "pl": "Plik jest za duży. Proszę usunąć obrazy i dodatkowe arkusze.",
        "en": "The file is too large. Please remove pictures and extra sheets.",
    },
    _F.NO_WORKBOOK: {
        "pl": f"To nie jest skoroszyt, choć tak się nazywa. {_SAVE['pl']}.",
        "en": f"This is no workbook, though it is called one. {_SAVE['en']}.",
    },
    _F.OLD_FORMAT: {
        "pl": f"Tego formatu (.xls, .xlsb, .ods) nie czytamy. {_SAVE['pl']}.",
        "en": f"We do not read this format (.xls, .xlsb, .ods). {_SAVE['en']}.",
    },
    _F.ENCRYPTED: {
        "pl": "Plik jest chroniony hasłem. Proszę zapisać go bez hasła.",
        "en": "The file is protected by a password. Please save it without one.",
    },
    _F.BROKEN: {
        "pl": f"Plik jest uszkodzony lub niepełny. {_SAVE['pl']} i wysłać jeszcze raz.",
        "en": f"The file is damaged or incomplete. {_SAVE['en']} and send it again.",
    },
    _F.TRICKS: {
        "pl": "Plik jest zbudowany w sposób, którego nie dopuszczamy ze względów bezpieczeństwa.",
        "en": "The file is built in a way that we do not allow, for safety.",
    },
    _F.MACROS: {
        "pl": f"Plik zawiera makra. {_SAVE['pl']}, bez makr.",
        "en": f"The file holds macros. {_SAVE['en']}, without macros.",
    },
    _F.LINKED: {
        "pl": "Plik zawiera odwołania do innych plików. Proszę wkleić same wartości.",
        "en": "The file is linked to others. Please paste the values themselves.",
    },
    _F.TOO_MANY_CELLS: {
        "pl": f"W pliku jest zbyt wiele wierszy, kolumn lub komórek. {_AGAIN['pl']} i przenieść odpowiedzi.",
        "en": f"There are too many rows, columns or cells. {_AGAIN['en']} and copy your answers.",
    },
    _F.TEXT_TOO_LONG: {
        "pl": "Jedna z komórek zawiera zbyt długi tekst. Proszę go skrócić.",
        "en": "One of the cells holds too long a text. Please shorten it.",
    },
    "infected": {
        "pl": "Program antywirusowy odrzucił ten plik.",
        "en": "The virus scanner has refused this file.",
    },
    "swapped": {
        "pl": "Plik zmieniono w trakcie wysyłania. Proszę wysłać go ponownie.",
        "en": "The file was changed while it was sent. Please send it again.",
    },
    "gave_up": {
        "pl": "Nie udało się odczytać pliku. Proszę wysłać go ponownie.",
        "en": "The file could not be read. Please send it again.",
    },
    "not_ours": {
        "pl": f"To nie jest nasza ankieta. {_AGAIN['pl']}.",
        "en": f"This is not our questionnaire. {_AGAIN['en']}.",
    },
    "edited": {
        "pl": f"Ukryty arkusz ankiety zmieniono. {_AGAIN['pl']} i przenieść odpowiedzi.",
        "en": f"The hidden sheet of the questionnaire was changed. {_AGAIN['en']} and copy your answers.",
    },
    "other_partner": {
        "pl": f"To ankieta innej firmy. {_AGAIN['pl']}.",
        "en": f"This is another company's questionnaire. {_AGAIN['en']}.",
    },
    "outdated": {
        "pl": f"Ta wersja ankiety jest zbyt stara. {_AGAIN['pl']} i przenieść odpowiedzi.",
        "en": f"This version of the questionnaire is too old. {_AGAIN['en']} and copy your answers.",
    },
    "too_new": {
        "pl": "Tej wersji ankiety jeszcze nie czytamy. Proszę spróbować za kilka minut.",
        "en": "We do not read this version yet. Please try in some minutes.",
    },
    "nothing_filled_in": {
        "pl": "W tabeli nie ma żadnej ceny. Nic nie zmieniliśmy.",
        "en": "There is no price in the table. Nothing was changed.",
    },
    "no_prices": {
        "pl": "Nie znaleźliśmy tabeli z cenami. Proszę użyć naszego szablonu.",
        "en": "We found no table of prices. Please use our template.",
    },
}


def reason_in_words(reason: str, language: Spoken) -> str:
    return REASONS[reason][language]
