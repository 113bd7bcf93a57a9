"""What stands on a faulty cell of a list of employees, in Polish and English."""

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from functions.referrals.domain.employee_import import RowFaults
from shared.contracts.workbook_plans import Mark

Speech = Literal["pl", "en"]

_RULES: Final[Mapping[str, tuple[str, str]]] = {
    "missing": ("Uzupełnij tę komórkę.", "Fill in this cell."),
    "number_missing": (
        "Podaj PESEL, a gdy go nie ma, kraj i numer dokumentu.",
        "State the PESEL or, without one, country and number of a document.",
    ),
    "country_missing": (
        "Podaj kraj dokumentu dwiema literami, np. UA.",
        "State the document's country in two letters, such as UA.",
    ),
    "birth_date_missing": ("Podaj datę urodzenia.", "State the birth date."),
    "birth_date_differs": (
        "Numer należy do innej daty urodzenia: sprawdź, co jest błędne.",
        "The number belongs to another birth date: check which is wrong.",
    ),
    "number_wrong": ("Numer jest błędny: sprawdź każdą cyfrę.", "The number is wrong: check each digit."),
    "until_before_since": (
        "Koniec wymaga początku i nie może być przed nim.",
        "An end needs a beginning, and must not lie before it.",
    ),
    "not_a_day": ("Wpisz datę, np. 2026-01-31.", "Write a date, such as 2026-01-31."),
    "not_text": ("Wpisz tekst.", "Write text."),
    "too_long": ("Za długie: skróć.", "Too long: make it shorter."),
    "formula_without_value": (
        "Formuła bez wyniku: wpisz wartość.",
        "A formula without a result: write the value.",
    ),
    "not_valid": ("To nie jest poprawna wartość.", "This is not a valid value."),
    "told_twice": (
        "Ta osoba z tą umową jest już w wierszu powyżej.",
        "This person with this contract stands in a row above.",
    ),
    "too_many_contracts": ("Za dużo umów jednej osoby.", "Too many contracts of one person."),
}


def marks_of(sheet: str, rows: Iterable[RowFaults], speech: Speech) -> list[Mark]:
    at = 0 if speech == "pl" else 1
    return [
        Mark(sheet, one.row, fault.column, _RULES[fault.rule][at]) for one in rows for fault in one.faults
    ]
