"""The questionnaire as a partner gets it: five sheets, of which one is hidden and says whose it is."""

from collections.abc import Iterator
from typing import Final

from functions.partners.domain.answers import DISTANCE_MAX_KM, HEAD_COUNT_MAX
from functions.partners.domain.languages import LANGUAGES
from functions.partners.domain.money import Currency
from functions.partners.domain.services import GROUPS, SERVICES
from functions.partners.domain.template import (
    LANGUAGE_COLUMNS,
    LOCATION_COLUMNS,
    LOCATION_ROWS,
    META_FIELDS,
    META_SHEET,
    SERVICE_COLUMNS,
    TEMPLATE,
    TEMPLATE_VERSION,
)
from functions.partners.domain.template_words import ANCHOR_WORDS, HINTS, SHEETS, STEPS, Spoken, word
from shared.contracts.workbook_names import column_letters
from shared.contracts.workbook_plans import BookPlan, CellPlan, Choice, Look, NumberRule, SheetPlan, TextRule

_TABS: Final = ("134E4A", "0F766E", "0F766E", "0F766E")
Name = tuple[str, str, str]


def questionnaire_plan(partner_id: str, partner_name: str, language: Spoken, signature: str) -> BookPlan:
    """`signature` over `template.signed_text` of the same partner and language."""
    names: list[Name] = []
    sheets = (
        _start(partner_name, language),
        _company(language, names),
        _locations(language, names),
        _services(language, names),
        _meta(partner_id, language, signature),
    )
    return BookPlan(word("title", language), sheets, tuple(names), language=language)


def _banner(title: str, about: str, columns: int) -> Iterator[CellPlan]:
    yield CellPlan(1, 1, title, Look.TITLE, columns)
    yield CellPlan(2, 1, about, Look.SUBTITLE, columns)


def _start(partner_name: str, language: Spoken) -> SheetPlan:
    subtitle = word("subtitle", language, partner=partner_name)
    cells = [*_banner(word("title", language), subtitle, 4)]
    cells.append(CellPlan(4, 2, word("intro", language), Look.TEXT, 3))
    heights = [(1, 44.0), (2, 26.0), (4, 36.0)]
    row = 6
    for number, (name, about) in enumerate(STEPS[language], 1):
        cells.append(CellPlan(row, 2, number, Look.STEP))
        cells.append(CellPlan(row, 3, name, Look.GOOD))
        cells.append(CellPlan(row, 4, about, Look.VALUE))
        heights += [(row, 40.0), (row + 1, 6.0)]
        row += 2
    cells.append(CellPlan(row + 1, 3, word("legend_field", language), Look.INPUT_CHOICE))
    cells.append(CellPlan(row + 1, 4, word("legend", language), Look.LEGEND))
    cells.append(CellPlan(row + 3, 2, word("privacy", language), Look.NOTE, 3))
    heights += [(row + 1, 22.0), (row + 3, 44.0)]
    return SheetPlan(
        SHEETS["start"][language], tuple(cells), (3, 6, 20, 74), tuple(heights), tab=_TABS[0], landscape=True
    )


def _company(language: Spoken, names: list[Name]) -> SheetPlan:
    sheet = SHEETS["company"][language]
    cells = [*_banner(word("company_title", language), word("company_about", language), 4)]
    heights = [(1, 40.0), (2, 24.0)]
    row = 4
    blocks = (
        ("people_and_money", ("q_average_age", "q_currency", "q_budget", "q_budget_is_must")),
        ("musts", ("q_distance", "q_saturday", "q_evening", "q_accessible")),
    )
    for block, fields in blocks:
        cells.append(CellPlan(row, 2, word(block, language), Look.GROUP, 3))
        heights.append((row, 22.0))
        for field in fields:
            row += 1
            cells.append(CellPlan(row, 2, ANCHOR_WORDS[field][language], Look.LABEL))
            cells.append(CellPlan(row, 3, None, _COMPANY_LOOKS.get(field, Look.INPUT_CHOICE)))
            cells.append(CellPlan(row, 4, HINTS[field][language], Look.NOTE))
            names.append((field, sheet, f"C{row}"))
            heights.append((row, 34.0))
        row += 2
    return SheetPlan(
        sheet, tuple(cells), (3, 36, 20, 58), tuple(heights), _company_rules(names, language),
        tab=_TABS[1], landscape=True,
    )  # fmt: skip


_COMPANY_LOOKS: Final = {
    "q_average_age": Look.INPUT_NUMBER,
    "q_budget": Look.INPUT_MONEY,
    "q_distance": Look.INPUT_NUMBER,
}


def _company_rules(names: list[Name], language: Spoken) -> tuple[Choice | NumberRule, ...]:
    where = {name: cell for name, _, cell in names}
    yes_no = (word("yes", language), word("no", language))

    def number(field: str, least: float, most: float, *, whole: bool = False) -> NumberRule:
        message = word("whole" if whole else "number", language, least=least, most=most)
        return NumberRule(where[field], least, most, whole, ANCHOR_WORDS[field][language], message)

    def choice(field: str, options: tuple[str, ...]) -> Choice:
        return Choice(where[field], options, ANCHOR_WORDS[field][language], word("choose", language))

    return (
        number("q_average_age", 16, 80),
        choice("q_currency", tuple(Currency)),
        number("q_budget", 0, 1_000_000_000),
        number("q_distance", 1, DISTANCE_MAX_KM, whole=True),
        *(choice(field, yes_no) for field in ("q_budget_is_must", "q_saturday", "q_evening", "q_accessible")),
    )


def _locations(language: Spoken, names: list[Name]) -> SheetPlan:
    sheet, head = SHEETS["locations"][language], 4
    columns = len(LOCATION_COLUMNS) + len(LANGUAGES) + 1
    cells = [*_banner(word("locations_title", language), word("locations_about", language), columns)]
    cells.append(CellPlan(head, 1, "#", Look.HEAD))
    for column, anchor in enumerate(LOCATION_COLUMNS, 2):
        cells.append(CellPlan(head, column, ANCHOR_WORDS[anchor][language], Look.HEAD))
        names.append((anchor, sheet, f"{column_letters(column)}{head}"))
    for column, (anchor, code) in enumerate(LANGUAGE_COLUMNS.items(), len(LOCATION_COLUMNS) + 2):
        title = LANGUAGES[code][0 if language == "pl" else 1]
        cells.append(CellPlan(head, column, title, Look.HEAD_TURNED))
        names.append((anchor, sheet, f"{column_letters(column)}{head}"))
    first, last = head + 1, head + LOCATION_ROWS
    for row in range(first, last + 1):
        cells.append(CellPlan(row, 1, row - head, Look.NOTE))
        looks = [Look.INPUT] * 4 + [Look.INPUT_NUMBER] + [Look.INPUT_CHOICE] * len(LANGUAGES)
        cells += [CellPlan(row, column, None, look) for column, look in enumerate(looks, 2)]
    heads, spoken = f"F{first}:F{last}", f"G{first}:{column_letters(columns)}{last}"
    words = ANCHOR_WORDS["q_loc_heads"][language]
    rules: tuple[Choice | NumberRule | TextRule, ...] = (
        NumberRule(
            heads, 1, HEAD_COUNT_MAX, True, words, word("whole", language, least=1, most=HEAD_COUNT_MAX)
        ),
        Choice(spoken, ("x",), word("locations_title", language), word("choose", language)),
        TextRule(
            f"B{first}:E{last}", 120, word("locations_title", language), word("short", language, most=120)
        ),
    )
    heights = ((1, 40.0), (2, 24.0), (head, 78.0), *((row, 16.5) for row in range(first, last + 1)))
    return SheetPlan(
        sheet, tuple(cells), (4, 22, 28, 10, 22, 10, *(5 for _ in LANGUAGES)), heights, rules,
        freeze=f"F{first}", tab=_TABS[2], landscape=True, repeat_rows=f"{head}:{head}",
    )  # fmt: skip


def _services(language: Spoken, names: list[Name]) -> SheetPlan:
    sheet, head = SHEETS["services"][language], 4
    cells = [*_banner(word("services_title", language), word("services_about", language), 4)]
    for column, anchor in enumerate(SERVICE_COLUMNS, 1):
        cells.append(CellPlan(head, column, ANCHOR_WORDS[anchor][language], Look.HEAD))
        names.append((anchor, sheet, f"{column_letters(column)}{head}"))
    row, rows = head, list[int]()
    for group, title in GROUPS.items():
        row += 1
        cells.append(CellPlan(row, 2, title[0 if language == "pl" else 1], Look.GROUP, 3))
        for service in (one for one in SERVICES if one.group == group):
            row += 1
            rows.append(row)
            cells.append(CellPlan(row, 1, service.code, Look.NOTE))
            cells.append(CellPlan(row, 2, service.name(language), Look.LABEL))
            cells.append(CellPlan(row, 3, None, Look.INPUT_CHOICE))
            cells.append(CellPlan(row, 4, None, Look.INPUT_NUMBER))
    yes_no = (word("yes", language), word("no", language))
    rules: tuple[Choice | NumberRule | TextRule, ...] = (
        Choice(
            f"C{rows[0]}:C{row}", yes_no, ANCHOR_WORDS["q_srv_wanted"][language], word("choose", language)
        ),
        NumberRule(
            f"D{rows[0]}:D{row}", 0, 1_000_000, True, ANCHOR_WORDS["q_srv_quantity"][language],
            word("whole", language, least=0, most="1 000 000"),
        ),
    )  # fmt: skip
    heights = ((1, 40.0), (2, 24.0), (head, 26.0), *((each, 16.5) for each in range(head + 1, row + 1)))
    return SheetPlan(
        sheet, tuple(cells), (3, 50, 16, 18), heights, rules, freeze=f"A{head + 1}", hidden_columns=(1,),
        tab=_TABS[3], repeat_rows=f"{head}:{head}",
    )  # fmt: skip


def _meta(partner_id: str, language: Spoken, signature: str) -> SheetPlan:
    values: tuple[str | int, ...] = (TEMPLATE, TEMPLATE_VERSION, partner_id, language, signature)
    cells = [
        cell
        for row, (field, value) in enumerate(zip(META_FIELDS, values, strict=True), 1)
        for cell in (CellPlan(row, 1, field), CellPlan(row, 2, value))
    ]
    return SheetPlan(META_SHEET, tuple(cells), (14, 60), hidden=True)
