"""A workbook that came back, by its anchors: where a question stands now, and what was written there."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import TypeVar

from functions.partners.domain.cell_values import (
    NotUnderstood,
    is_blank,
    number_of,
    text_of,
    whole_of,
    yes_or_no,
)
from functions.partners.domain.issues import Issues
from functions.partners.domain.spelling import plain
from functions.partners.domain.template_words import ANCHOR_WORDS, Spoken
from shared.contracts.workbooks import Area, Cell, Sheet, Spot, Workbook

T = TypeVar("T")
At = tuple[str, Spot]
"""A sheet and a cell of it."""


class Grid:
    """Looks for each anchor by its defined name, and where that is gone by the words that stand there."""

    def __init__(self, book: Workbook, issues: Issues, words: dict[str, tuple[str, ...]]) -> None:
        self._book, self._issues = book, issues
        self._words = words
        self._sheets = {one.name: one for one in book.sheets}

    def header(self, anchor: str) -> At | None:
        """The head of a column."""
        return self._named(anchor) or self._worded(anchor)

    def field(self, anchor: str) -> At | None:
        """An input; without its name it is the cell to the right of its label."""
        found = self._named(anchor)
        if found:
            return found
        label = self._worded(anchor)
        return (label[0], Spot(label[1].row, label[1].column + 1)) if label else None

    def cell(self, at: At) -> Cell | None:
        sheet = self._sheets.get(at[0])
        return sheet.cells.get(at[1]) if sheet else None

    def sheet(self, name: str) -> Sheet:
        return self._sheets[name]

    def rows(self, columns: Sequence[At]) -> Iterator[int]:
        """Rows below the heads in which any of these columns holds something."""
        sheet, head = columns[0][0], max(at[1].row for at in columns)
        wanted = {at[1].column for at in columns if at[0] == sheet}
        found = {row for row, column in self._sheets[sheet].cells if row > head and column in wanted}
        return iter(sorted(found))

    def merged_over(self, sheet: str, row: int, columns: set[int]) -> Area | None:
        """An area that joins this row's inputs with others."""
        for area in self._sheets[sheet].merges:
            inside = area.first_row <= row <= area.last_row
            covers = {column for column in columns if area.first_column <= column <= area.last_column}
            if inside and covers and (area.last_row > area.first_row or len(covers) > 1):
                return area
        return None

    # What a cell says; None where it says nothing or is not understood, and then there is an issue

    def text(self, at: At) -> str | None:
        return self._read(at, text_of, "")

    def number(self, at: At, least: Decimal, most: Decimal, example: str) -> Decimal | None:
        return self._in_range(at, self._read(at, number_of, example), least, most)

    def whole(self, at: At, least: int, most: int, example: str) -> int | None:
        return self._in_range(at, self._read(at, whole_of, example), least, most)

    def yes(self, at: At) -> bool | None:
        return self._read(at, yes_or_no, "")

    def says_something(self, at: At) -> bool:
        return not is_blank(self.cell(at))

    def _read(self, at: At, read: Callable[[Cell], T], example: str) -> T | None:
        cell = self.cell(at)
        if cell is None or is_blank(cell):
            return None
        try:
            return read(cell)
        except NotUnderstood as error:
            self._issues.add(*at, str(error), example=example)
            return None

    def _in_range(self, at: At, value: T | None, least: object, most: object) -> T | None:
        if value is not None and not least <= value <= most:  # type: ignore[operator]  # numbers of one kind
            self._issues.add(*at, "out_of_range", least=least, most=most)
            return None
        return value

    def _named(self, anchor: str) -> At | None:
        name = self._book.names.get(anchor)
        return (name.sheet, name.spot) if name and name.sheet in self._sheets else None

    def _worded(self, anchor: str) -> At | None:
        wanted = {plain(word) for word in self._words.get(anchor, ())}
        for sheet in self._book.sheets:
            for spot, cell in sheet.cells.items():
                if isinstance(cell.value, str) and plain(cell.value) in wanted:
                    return sheet.name, Spot(*spot)
        return None


def anchor_words(anchor: str, language: Spoken) -> str:
    return ANCHOR_WORDS[anchor][language]
