"""A recommendation as a workbook: the comparison, the whole quotation of each institute, and the reasons."""

from collections.abc import Iterator, Mapping
from typing import Final

from functions.partners.domain.outcome import Candidate
from functions.partners.domain.recommendation import Recommendation
from functions.partners.domain.sentences import (
    CRITERIA,
    kilometres,
    measure,
    missed,
    percent,
    what_would_change,
    why_first,
    why_not_first,
)
from functions.partners.domain.services import BY_CODE
from functions.partners.domain.template_words import Spoken
from shared.contracts.workbook_plans import BookPlan, CellPlan, Look, SheetPlan

_W: Final[Mapping[str, Mapping[Spoken, str]]] = {
    "title": {"pl": "Rekomendacja placówki", "en": "Recommended institute"},
    "compare": {"pl": "Porównanie", "en": "Comparison"},
    "quote": {"pl": "Wycena", "en": "Quotation"},
    "none": {
        "pl": "Żadna placówka nie spełnia wszystkich warunków.",
        "en": "No institute meets all conditions.",
    },
}
_HEADS: Final[Mapping[str, Mapping[Spoken, tuple[str, ...]]]] = {
    "heads": {
        "pl": ("Placówka", "Ocena", "Brutto rocznie", "Waluta", "Średnia odległość", "Uzasadnienie"),
        "en": ("Institute", "Score", "A year, with VAT", "Currency", "Average distance", "Reason"),
    },
    "criteria": {
        "pl": ("Kryterium", "Waga", "Zmierzono", "Użyteczność %", "Punkty", "Placówka"),
        "en": ("Criterion", "Weight", "Measured", "Utility %", "Points", "Institute"),
    },
    "lines": {
        "pl": ("Placówka", "Usługa", "Ile", "Netto za jedną", "VAT %", "Brutto"),
        "en": ("Institute", "Service", "Number", "Net for one", "VAT %", "With VAT"),
    },
}
_WIDTHS = (34, 14, 32, 18, 20, 60)
_COLUMNS = len(_WIDTHS)


def recommendation_plan(one: Recommendation, partner_name: str, language: Spoken) -> BookPlan:
    sheets = [_compared(one, partner_name, language)]
    if one.outcome.candidates:
        sheets.append(_quoted(one, language))
    return BookPlan(_W["title"][language], tuple(sheets), locked=False, language=language)


def _heads(row: int, words: tuple[str, ...]) -> Iterator[CellPlan]:
    for column, title in enumerate(words, 1):
        yield CellPlan(row, column, title, Look.HEAD)


def _compared(one: Recommendation, partner_name: str, language: Spoken) -> SheetPlan:
    outcome, answers = one.outcome, one.answers
    title, none = _W["title"][language], _W["none"][language]
    cells = [
        CellPlan(1, 1, title, Look.TITLE, _COLUMNS),
        CellPlan(2, 1, partner_name, Look.SUBTITLE, _COLUMNS),
    ]
    cells.append(CellPlan(4, 1, why_first(outcome, language) or none, Look.GOOD, _COLUMNS))
    if len(outcome.candidates) > 1:
        change = what_would_change(outcome.smallest_change, outcome, answers, language)
        cells.append(CellPlan(5, 1, change, Look.NOTE, _COLUMNS))
    cells += _heads(7, _HEADS["heads"][language])
    row = 7
    for each in outcome.candidates:
        row += 1
        reason = why_not_first(each, outcome, language) if each.behind else ""
        cells += [
            CellPlan(row, 1, each.name, Look.LABEL),
            CellPlan(row, 2, percent(each.points, outcome.points_max, language), Look.VALUE),
            CellPlan(row, 3, each.quote.gross / 100, Look.MONEY),
            CellPlan(row, 4, each.quote.currency.value, Look.VALUE),
            CellPlan(row, 5, kilometres(each.contributions[0].measure, language), Look.VALUE),
            CellPlan(row, 6, reason, Look.VALUE),
        ]
    for miss in outcome.near_misses:
        row += 1
        why = "; ".join(missed(each, answers, language) for each in miss.misses)
        cells += [CellPlan(row, 1, miss.name, Look.LABEL), CellPlan(row, 2, why, Look.VALUE, _COLUMNS - 1)]
    shown = row
    if outcome.candidates:
        cells += _heads(row + 2, _HEADS["criteria"][language])
        cells += _criteria(outcome.candidates, row + 2, language)
    heights = ((1, 40.0), (2, 24.0), (4, 30.0), (5, 30.0), *((each, 33.0) for each in range(8, shown + 1)))
    return SheetPlan(_W["compare"][language], tuple(cells), _WIDTHS, heights, landscape=True, tab="134E4A")


def _criteria(candidates: tuple[Candidate, ...], row: int, language: Spoken) -> Iterator[CellPlan]:
    for each in candidates:
        for part in each.contributions:
            row += 1
            yield CellPlan(row, 1, CRITERIA[part.criterion][language], Look.LABEL)
            yield CellPlan(row, 2, part.weight, Look.VALUE)
            yield CellPlan(row, 3, measure(part, language), Look.VALUE)
            yield CellPlan(row, 4, part.utility / 100, Look.MONEY)
            yield CellPlan(row, 5, part.points, Look.VALUE)
            yield CellPlan(row, 6, each.name, Look.VALUE)


def _quoted(one: Recommendation, language: Spoken) -> SheetPlan:
    title = _W["quote"][language]
    cells = [CellPlan(1, 1, title, Look.TITLE, _COLUMNS), *_heads(3, _HEADS["lines"][language])]
    row = 3
    for each in one.outcome.candidates:
        for line in each.quote.lines:
            row += 1
            cells += [
                CellPlan(row, 1, each.name, Look.VALUE),
                CellPlan(row, 2, BY_CODE[line.service].name(language), Look.LABEL),
                CellPlan(row, 3, line.quantity, Look.VALUE),
                CellPlan(row, 4, line.net_unit / 100, Look.MONEY),
                CellPlan(row, 5, line.vat_rate / 100, Look.MONEY),
                CellPlan(row, 6, line.gross / 100, Look.MONEY),
            ]
    return SheetPlan(
        title,
        tuple(cells),
        (34, 40, 12, 18, 12, 20),
        ((1, 40.0),),
        freeze="A4",
        tab="0F766E",
        repeat_rows="3:3",
    )
