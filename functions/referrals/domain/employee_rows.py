"""Rows of a list of employees, as companies keep it: which column is which, and what each cell says."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple, TypeVar

from pydantic import ValidationError

from functions.referrals.domain.cells import day_of, plain, text_of, value_of
from functions.referrals.domain.employment import POSITIONS_MAX
from functions.referrals.domain.people_facts import PersonFacts, born_by_pesel
from shared.contracts.workbooks import Sheet, Workbook
from shared.kernel.errors import Invalid
from shared.kernel.records import Value

HEAD_ROWS: Final = 15
"""The head stands within the first rows, below a title or a note."""


class Column(StrEnum):
    GIVEN = "given_name"
    FAMILY = "family_name"
    PESEL = "pesel"
    COUNTRY = "document_country"
    DOCUMENT = "document_number"
    BORN = "birth_date"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    POSITIONS = "positions"
    DEPARTMENT = "department"
    CONTRACT = "contract"
    SINCE = "since"
    UNTIL = "until"
    LANGUAGE = "language"


_C = Column
_HEADS: Final[Mapping[Column, str]] = {
    _C.GIVEN: "imie|imiona|first name|given name|given names",
    _C.FAMILY: "nazwisko|last name|surname|family name",
    _C.PESEL: "pesel|nr pesel|numer pesel",
    _C.COUNTRY: "kraj dokumentu|document country|kraj paszportu",
    _C.DOCUMENT: "numer dokumentu|nr dokumentu|paszport|nr paszportu|document number|passport",
    _C.BORN: "data urodzenia|birth date|date of birth",
    _C.EMAIL: "e mail|email|adres e mail|mail",
    _C.PHONE: "telefon|nr telefonu|numer telefonu|phone|mobile|komorka",
    _C.ADDRESS: "adres|adres zamieszkania|address|home address",
    _C.POSITIONS: "stanowisko|stanowiska|position|positions|job title",
    _C.DEPARTMENT: "dzial|jednostka|department|unit",
    _C.CONTRACT: "numer umowy|nr umowy|umowa|contract|contract number",
    _C.SINCE: "zatrudniony od|data zatrudnienia|od|since|employed since|start date",
    _C.UNTIL: "zatrudniony do|data zakonczenia|do|until|employed until|end date",
    _C.LANGUAGE: "jezyk|language",
}
_BY_WORD: Final = {word: column for column, words in _HEADS.items() for word in words.split("|")}
NEEDED: Final = (_C.GIVEN, _C.FAMILY, _C.POSITIONS)
_LANGUAGES: Final = {"polski": "pl", "angielski": "en", "english": "en", "polish": "pl"}


_T = TypeVar("_T")


class CellFault(Value):
    """`rule` names what is wrong; texts say it in the language of the employer. Never what stood there."""

    column: int
    rule: str


class NoHead(Invalid):
    """The list has no row of headings with first name, last name, position and a number."""


class EmployeeList(NamedTuple):
    """Where it stands: `columns` by what they hold, `rows` that hold anything, below the head."""

    sheet: Sheet
    columns: Mapping[Column, int]
    rows: tuple[int, ...]
    from_1904: bool


def employee_list(book: Workbook) -> EmployeeList:
    """In the first sheet that has a head. Raises NoHead."""
    for sheet in book.sheets:
        for head in range(1, HEAD_ROWS + 1):
            columns = _head(sheet, head)
            has_number = _C.PESEL in columns or _C.DOCUMENT in columns
            if not sheet.hidden and has_number and all(one in columns for one in NEEDED):
                used = {row for row, column in sheet.cells if row > head and column in columns.values()}
                return EmployeeList(sheet, columns, tuple(sorted(used)), book.from_1904)
    raise NoHead


def _head(sheet: Sheet, row: int) -> dict[Column, int]:
    found: dict[Column, int] = {}
    for (at, column), cell in sheet.cells.items():
        if at == row and isinstance(cell.value, str) and (known := _BY_WORD.get(plain(cell.value))):
            found.setdefault(known, column)
    return found


def row_facts(people: EmployeeList, row: int) -> tuple[PersonFacts | None, tuple[CellFault, ...]]:
    """What the row says, or the cells in which it is wrong."""
    reader = _Row(people, row)
    facts = reader.facts()
    return (None if reader.faults else facts), tuple(reader.faults)


class _Row:
    def __init__(self, people: EmployeeList, row: int) -> None:
        self._people, self._row = people, row
        self.faults: list[CellFault] = []

    def facts(self) -> PersonFacts | None:
        given, family = self._text(_C.GIVEN, 100), self._text(_C.FAMILY, 100)
        titles = tuple(self._titles())
        system, number = self._number()
        born = self._day(_C.BORN) or (born_by_pesel(number) if system == "pl-pesel" else None)
        since, until = self._day(_C.SINCE), self._day(_C.UNTIL)
        for column, missing in ((_C.GIVEN, given), (_C.FAMILY, family), (_C.POSITIONS, titles)):
            if not missing:
                self._fault(column, "missing")
        if number and born is None and system == "pl-pesel":
            self._fault(_C.PESEL, "number_wrong")
        elif number and born is None:
            self._fault(_C.BORN if _C.BORN in self._people.columns else _C.DOCUMENT, "birth_date_missing")
        if until and (since is None or since > until):
            self._fault(_C.UNTIL, "until_before_since")
        if self.faults or born is None:
            return None
        return self._checked(
            given_name=given,
            family_name=family,
            birth_date=born.isoformat(),
            identifier_system=system,
            identifier=number,
            address=self._text(_C.ADDRESS, 200),
            phone=self._text(_C.PHONE, 30),
            email=self._text(_C.EMAIL, 254),
            language=_LANGUAGES.get(word := plain(self._text(_C.LANGUAGE, 20)), word[:2]),
            contract=self._text(_C.CONTRACT, 40),
            since=since,
            until=until,
            positions=titles,
            department=self._text(_C.DEPARTMENT, 120),
        )

    def _checked(self, **fields: object) -> PersonFacts | None:
        try:
            return PersonFacts.model_validate(fields)
        except ValidationError as wrong:
            for one in wrong.errors():
                self._fault(Column(str(one["loc"][0])), "not_valid")
            return None

    def _number(self) -> tuple[str, str]:
        """PESEL, or else a document with its country."""
        pesel = self._text(_C.PESEL, 20)
        if pesel:
            return "pl-pesel", pesel.zfill(11) if len(pesel) > 8 else pesel  # Excel drops leading zeros
        country, number = self._text(_C.COUNTRY, 2).upper(), self._text(_C.DOCUMENT, 40)
        if not number:
            self._fault(_C.PESEL if _C.PESEL in self._people.columns else _C.DOCUMENT, "number_missing")
        elif len(country) != 2:
            self._fault(_C.COUNTRY if _C.COUNTRY in self._people.columns else _C.DOCUMENT, "country_missing")
        return f"passport-{country}", number

    def _titles(self) -> Iterator[str]:
        titles = [one for part in re.split(r"[;\n]", self._text(_C.POSITIONS, 1000)) if (one := part.strip())]
        if len(titles) > POSITIONS_MAX or any(len(one) > 120 for one in titles):
            self._fault(_C.POSITIONS, "too_long")
            return
        yield from dict.fromkeys(titles)

    def _text(self, column: Column, most: int) -> str:
        """One line; a whole number without its ".0"."""
        return self._said(column, lambda value: text_of(value, most)) or ""

    def _day(self, column: Column) -> date | None:
        return self._said(column, lambda value: day_of(value, self._people.from_1904))

    def _said(self, column: Column, read: Callable[[str | float | bool], _T]) -> _T | None:
        at = self._people.columns.get(column)
        cell = self._people.sheet.cells.get((self._row, at)) if at else None
        if cell is None or (cell.value in (None, "") and not (cell.formula or cell.error)):
            return None
        try:
            return read(value_of(cell))
        except ValueError as wrong:
            self._fault(column, str(wrong))
            return None

    def _fault(self, column: Column, rule: str) -> None:
        fault = CellFault(column=self._people.columns.get(column, 1), rule=rule)
        if fault not in self.faults:
            self.faults.append(fault)
