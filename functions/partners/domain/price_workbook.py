"""Price lists by workbook: one row a price, many institutes in one file; all of it is taken, or nothing.

Rows of one institute that begin on the same day are a whole price list. One that is on file already, price by
price, changes nothing: whoever gets the workbook, edits some rows and sends it back changes only those lists.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from functions.partners.domain.cell_values import NotUnderstood, text_of
from functions.partners.domain.grid import At, Grid
from functions.partners.domain.issues import CellIssue, Issues
from functions.partners.domain.price_rows import COLUMNS, PriceRow, RowReader
from functions.partners.domain.prices import (
    ITEMS_MAX,
    LISTS_MAX,
    PriceList,
    TooManyLists,
    faults_of,
    joined,
)
from functions.partners.domain.reading import NotOurTemplate
from functions.partners.domain.template_words import Spoken
from shared.contracts.workbooks import Spot, Workbook

INSTITUTES_MAX: Final = 50
Lists = tuple[PriceList, ...]
_WORDS: Final[dict[str, tuple[str, ...]]] = dict(COLUMNS)


def read_prices(
    book: Workbook, known: Mapping[str, Lists], today: date, language: Spoken
) -> tuple[dict[str, Lists], tuple[CellIssue, ...]]:
    """`known`: the lists of the institutes that exist. All lists of those that change, and what is wrong: the
    first is empty then. Raises NotOurTemplate."""
    issues = Issues(language)
    grid = Grid(book, issues, _WORDS)
    at = {anchor: found for anchor in COLUMNS if (found := grid.header(anchor))}
    if len(at) < len(COLUMNS):
        raise NotOurTemplate("no_prices")
    reader = RowReader(grid, issues, at, language, from_1904=book.from_1904)
    rows = [one for number in grid.rows(list(at.values())) if (one := reader.read(number, known)) is not None]
    if not rows and not issues:
        raise NotOurTemplate("nothing_filled_in")
    changed = _Sheet(issues, at, known, today).lists(rows)
    return ({}, issues.all()) if issues else (changed, ())


def institutes_in(book: Workbook) -> list[str]:
    """Ids that the file names, to be looked up before it is read; no more than it may have."""
    grid = Grid(book, Issues("pl"), _WORDS)
    at = grid.header("p_institute")
    if at is None:
        return []
    found: dict[str, None] = {}
    for number in grid.rows([at]):
        cell = grid.cell((at[0], Spot(number, at[1].column)))
        try:
            found[text_of(cell) if cell else ""] = None
        except NotUnderstood:
            continue
    return [key for key in found if 0 < len(key) <= 60 and "/" not in key][:INSTITUTES_MAX]


class _Sheet:
    """Rows put together to lists."""

    def __init__(self, issues: Issues, at: Mapping[str, At], known: Mapping[str, Lists], today: date) -> None:
        self._issues, self._at, self._known, self._today = issues, at, known, today

    def lists(self, rows: list[PriceRow]) -> dict[str, Lists]:
        groups: dict[tuple[str, date], list[PriceRow]] = {}
        for one in rows:
            groups.setdefault((one.institute_id, one.valid_from), []).append(one)
        changed: dict[str, Lists] = {}
        for (institute, begins), group in groups.items():
            new = self._list(institute, begins, group)
            if new is None:
                continue
            try:
                changed[institute] = joined(changed.get(institute, self._known[institute]), new, self._today)
            except TooManyLists:
                self._add("p_valid_from", group[0], "too_many_lists", most=LISTS_MAX)
        return changed

    def _list(self, institute: str, begins: date, group: list[PriceRow]) -> PriceList | None:
        """None where it is wrong, or on file as it is."""
        on_file = next((one for one in self._known[institute] if one.valid_from == begins), None)
        if on_file is not None and _is_same(on_file, group):
            return None
        if begins < self._today and self._known[institute]:
            there = set(on_file.items) if on_file else set()
            for one in [each for each in group if each.item not in there] or group[:1]:
                self._add("p_valid_from", one, "too_late")
        for fault in faults_of([one.item for one in group]):
            words = fault.in_words(self._issues.language)
            self._add("p_service", group[fault.place], f"price_{fault.rule}", detail=words)
        if len({one.currency for one in group}) > 1:
            self._add("p_service", group[0], "mixed_currencies")
        if len(group) > ITEMS_MAX:
            self._add("p_service", group[ITEMS_MAX], "too_many_prices", most=ITEMS_MAX)
        if self._issues:
            return None
        items = tuple(one.item for one in group)
        return PriceList(valid_from=begins, currency=group[0].currency, items=items)

    def _add(self, anchor: str, row: PriceRow, rule: str, **fields: object) -> None:
        sheet, head = self._at[anchor]
        self._issues.add(sheet, (row.row, head.column), rule, **fields)


def _is_same(prices: PriceList, group: list[PriceRow]) -> bool:
    """In whichever order."""
    same_items = len(group) == len(prices.items) and {one.item for one in group} == set(prices.items)
    return same_items and {one.currency for one in group} == {prices.currency}
