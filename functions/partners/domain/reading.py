"""A filled questionnaire read into answers, or into everything that is wrong with it, cell by cell."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from functions.partners.domain.answers import BUDGET_MAX, DISTANCE_MAX_KM, DISTANCE_USUAL_KM, Answers
from functions.partners.domain.grid import At, Grid
from functions.partners.domain.issues import CellIssue, Issues
from functions.partners.domain.languages import LANGUAGES
from functions.partners.domain.location_rows import Locate, read_locations
from functions.partners.domain.money import Currency
from functions.partners.domain.service_rows import read_wishes
from functions.partners.domain.spelling import plain
from functions.partners.domain.template import (
    ANCHORS,
    COMPANY_FIELDS,
    LANGUAGE_COLUMNS,
    META_SHEET,
    OLDEST_READ,
    SINCE,
    TEMPLATE,
    TEMPLATE_VERSION,
    Meta,
    signed_text,
)
from functions.partners.domain.template_words import ANCHOR_WORDS, Spoken
from shared.contracts.workbooks import Workbook

AGE_LEAST, AGE_MOST = Decimal(16), Decimal(80)
Sign = Callable[[str], str]
_BY_WORD: Final = {
    **{anchor: tuple(words.values()) for anchor, words in ANCHOR_WORDS.items()},
    **{anchor: LANGUAGES[code] for anchor, code in LANGUAGE_COLUMNS.items()},
}


class NotOurTemplate(Exception):
    """It cannot be read at all; the message says why: not_ours, edited, other_partner, outdated, too_new."""


@dataclass(frozen=True)
class Read:
    """Answers where there are no issues."""

    answers: Answers | None
    issues: tuple[CellIssue, ...]
    language: Spoken


def read_questionnaire(book: Workbook, partner_id: str, sign: Sign, locate: Locate) -> Read:
    """`sign` gives our mark over a text. Raises NotOurTemplate, and what `locate` raises."""
    meta = _require_ours(book, partner_id, sign)
    language: Spoken = "pl" if meta.language == "pl" else "en"
    issues = Issues(language)
    grid = Grid(book, issues, _BY_WORD)
    at = _anchors(grid, issues, meta.version, language)
    if issues:
        return Read(None, issues.all(), language)
    company = _company(grid, issues, at, language)
    locations = read_locations(grid, issues, at, locate)
    wishes = read_wishes(grid, issues, at)
    if issues:
        return Read(None, issues.all(), language)
    answers = Answers.model_validate({**company, "locations": locations, "wishes": wishes})
    return Read(answers, (), language)


def _require_ours(book: Workbook, partner_id: str, sign: Sign) -> Meta:
    sheet = book.sheet(META_SHEET)
    if sheet is None:
        raise NotOurTemplate("not_ours")
    values = [cell.value if (cell := sheet.cells.get((row, 2))) else None for row in range(1, 6)]
    template, version, partner, language, signature = values
    if template != TEMPLATE:
        raise NotOurTemplate("not_ours")
    if not isinstance(version, float) or not version.is_integer():
        raise NotOurTemplate("edited")
    meta = Meta(TEMPLATE, int(version), str(partner), str(language), str(signature))
    if meta.signature != sign(signed_text(meta.version, meta.partner, meta.language)):
        raise NotOurTemplate("edited")
    if meta.partner != partner_id:
        raise NotOurTemplate("other_partner")
    if meta.version < OLDEST_READ:
        raise NotOurTemplate("outdated")
    if meta.version > TEMPLATE_VERSION:
        raise NotOurTemplate("too_new")
    return meta


def _anchors(grid: Grid, issues: Issues, version: int, language: Spoken) -> dict[str, At]:
    """Where every question stands; those that this version did not ask yet are left out."""
    found: dict[str, At] = {}
    for anchor in ANCHORS:
        at = grid.field(anchor) if anchor in COMPANY_FIELDS else grid.header(anchor)
        if at:
            found[anchor] = at
        elif SINCE.get(anchor, 1) <= version and anchor not in LANGUAGE_COLUMNS:
            what = ANCHOR_WORDS[anchor][language]
            issues.add(META_SHEET, (0, ANCHORS.index(anchor) + 1), "missing_anchor", what=what)
    return found


def _company(grid: Grid, issues: Issues, at: dict[str, At], language: Spoken) -> dict[str, object]:
    age = grid.number(at["q_average_age"], AGE_LEAST, AGE_MOST, "38")
    if age is None:
        what = ANCHOR_WORDS["q_average_age"][language]
        issues.add(*at["q_average_age"], "required", what=what)
    budget = grid.number(at["q_budget"], Decimal(0), Decimal(BUDGET_MAX // 100), "120000")
    distance = grid.whole(at["q_distance"], 1, DISTANCE_MAX_KM, "30")
    return {
        "average_age": age.quantize(Decimal("0.01")) if age is not None else None,
        "currency": _currency(grid, issues, at["q_currency"]),
        "budget": int((budget * 100).to_integral_value()) if budget else None,
        "budget_is_must": bool(grid.yes(at["q_budget_is_must"])) and bool(budget),
        "distance_max_km": distance or DISTANCE_USUAL_KM,
        **{
            field: bool(grid.yes(at[anchor])) if anchor in at else False
            for field, anchor in (
                ("saturday", "q_saturday"),
                ("evening", "q_evening"),
                ("accessible", "q_accessible"),
            )
        },
    }


_CURRENCY_WORDS: Final = {
    "zl": "PLN",
    "zloty": "PLN",
    "zlotych": "PLN",
    "euro": "EUR",
    "€": "EUR",
    "kc": "CZK",
}


def _currency(grid: Grid, issues: Issues, at: At) -> Currency:
    text = plain(grid.text(at) or "PLN")
    try:
        return Currency(_CURRENCY_WORDS.get(text, text.upper()))
    except ValueError:
        issues.add(*at, "unknown_currency", known=", ".join(Currency))
        return Currency.PLN
