"""What the operator is told to ask, in Polish and English."""

from collections.abc import Mapping
from typing import Final, Literal

from functions.patients.domain.identification import Ask

Spoken = Literal["pl", "en"]

QUESTIONS: Final[Mapping[Ask, Mapping[Spoken, str]]] = {
    Ask.NOTHING: {"pl": "", "en": ""},
    Ask.IDENTIFIER: {
        "pl": "Poproś o PESEL albo numer paszportu i kraj wydania.",
        "en": "Ask for the PESEL, or the passport number and the country that issued it.",
    },
    Ask.ANOTHER_IDENTIFIER: {
        "pl": "Nie ma takiego paszportu w bazie. Zapytaj o PESEL lub wcześniejszy paszport; "
        "jeśli ich nie ma, zarejestruj pacjenta.",
        "en": "This passport is not on file. Ask for a national number or an earlier passport; "
        "if there is none, register the patient.",
    },
    Ask.REGISTER: {
        "pl": "Nie ma takiego pacjenta. Zarejestruj go.",
        "en": "There is no such patient. Register them.",
    },
    Ask.WHICH_IS_WRONG: {
        "pl": "Numer wskazuje inną datę urodzenia. Odczytaj obie wartości i zapytaj, która jest błędna.",
        "en": "The number names another birth date. Read both back and ask which one is wrong.",
    },
    Ask.BIRTH_DATE_ON_FILE: {
        "pl": "W bazie ten numer ma inną datę urodzenia. Zapytaj o nią ponownie i sprawdź kartotekę.",
        "en": "This number is on file with another birth date. Ask for it again, then check the record.",
    },
    Ask.ONE_PERSON: {
        "pl": "Podane numery należą do różnych osób. Zapytaj, czyj jest każdy z nich.",
        "en": "These numbers belong to different people. Ask whose each of them is.",
    },
}
