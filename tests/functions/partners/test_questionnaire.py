"""Questionnaires that come back: however they were filled in, moved and saved, or what is wrong with them."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from functions.partners.domain.answers import Answers
from functions.partners.domain.issues import CellIssue, marks_of
from functions.partners.domain.reading import NotOurTemplate
from functions.partners.domain.template import ANCHORS, TEMPLATE_VERSION
from functions.partners.domain.template_words import Spoken
from shared.adapters.workbook_reader import BoundedReader
from shared.adapters.workbook_writer import OpenpyxlWriter
from tests.functions.partners.filled import (
    FILLED,
    PARTNER,
    Edit,
    edited,
    filled,
    one,
    read,
    template,
    writes,
)
from tests.functions.partners.office import needs_office, saved_by_office


def answers(*edits: Edit) -> Answers:
    found = read(filled(*edits))
    assert found.issues == ()
    assert found.answers is not None
    return found.answers


def issues(*edits: Edit) -> list[tuple[str, str, str]]:
    return [(each.sheet, each.cell, each.rule) for each in read(filled(*edits)).issues]


def test_what_was_filled_in_is_what_is_read() -> None:
    found = answers()
    assert found.average_age == Decimal("37.5")
    assert (found.budget, found.budget_is_must, found.distance_max_km) == (120_000_00, True, 40)
    assert [(each.city, each.head_count, each.languages) for each in found.locations] == [
        ("Warszawa", 120, ("pl", "en")),
        ("Pruszków", 80, ("pl",)),
    ]
    assert [(each.service, each.quantity) for each in found.wishes] == [
        ("initial_exam", 30),
        ("periodic_exam", 120),
        ("blood_count", 200),
    ]


def test_all_questions_have_an_anchor_in_both_languages() -> None:
    for language in ("pl", "en"):
        book = BoundedReader().read(template(language))
        assert set(ANCHORS) <= set(book.names)
        assert {book.names[anchor].sheet for anchor in ANCHORS} <= {sheet.name for sheet in book.sheets}


def test_the_same_template_is_the_same_file() -> None:
    assert template() == template()


def swap_columns(book: Any) -> None:
    """As a spreadsheet does it: the name goes with the column."""
    sheet = book["Usługi"]
    for row in (4, *range(6, 14), 32):
        sheet[f"F{row}"] = sheet[f"C{row}"].value
        sheet[f"C{row}"] = None
    book.defined_names["q_srv_wanted"].attr_text = "'Usługi'!$F$4"


def rename_sheets(book: Any) -> None:
    for sheet, name in (("Firma", "My company!"), ("Usługi", "O'Hara"), ("Lokalizacje", "gdzie")):
        book[sheet].title = name
    for name in book.defined_names.values():
        for old, new in (("Firma", "My company!"), ("Usługi", "O''Hara"), ("Lokalizacje", "gdzie")):
            name.attr_text = name.attr_text.replace(f"'{old}'", f"'{new}'")


def reorder_sheets(book: Any) -> None:
    book.move_sheet("Usługi", -3)
    book.create_sheet("Notatki", 0)["A1"] = "nasze"


def hide_and_lose_names(book: Any) -> None:
    book["Firma"].sheet_state = "hidden"
    for name in ("q_average_age", "q_loc_city", "q_srv_quantity"):
        del book.defined_names[name]


def sort_services(book: Any) -> None:
    sheet = book["Usługi"]
    rows = [[sheet.cell(row, column).value for column in range(1, 5)] for row in (6, 7)]
    for row, values in zip((7, 6), rows, strict=True):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column).value = value


@pytest.mark.parametrize(
    "edit", [swap_columns, rename_sheets, reorder_sheets, hide_and_lose_names, sort_services]
)
def test_what_is_moved_renamed_or_sorted_is_found_all_the_same(edit: Edit) -> None:
    assert answers(edit) == answers()


@pytest.mark.parametrize(
    ("typed", "age"),
    [
        (38, "38"),
        ("38", "38"),
        ("37,5", "37.5"),
        (" 37.5 lat ", "37.5"),
        ("ok. 40", "40"),
        ("≈", None),
        (0, None),
        (200, None),
        (-5, None),
        ("-5", None),
        ("trzydzieści", None),
        (True, None),
    ],
)
def test_ages_as_people_write_them(typed: object, age: str | None) -> None:
    if age is None:
        assert [each[:2] for each in issues(one("Firma", "C5", typed))] == [("Firma", "C5")]
    else:
        assert answers(one("Firma", "C5", typed)).average_age == Decimal(age)


@pytest.mark.parametrize(
    ("typed", "grosz"),
    [
        (1234.5, 1234_50),
        ("1 234,50", 1234_50),
        ("1\u00a0234,50 zł", 1234_50),
        ("1.234,50", 1234_50),
        ("1,234.50", 1234_50),
        ("PLN 1234", 1234_00),
        ("1.234.567", 1_234_567_00),
        ("12'000", 12_000_00),
        ("-", None),
        (None, None),
    ],
)
def test_money_as_people_write_it(typed: object, grosz: int | None) -> None:
    assert answers(one("Firma", "C7", typed)).budget == grosz


@pytest.mark.parametrize(
    "typed", [True, "TRUE", "PRAWDA", "Wahr", "x", "X", 1, "1", "✓", "tak", "TAK ", "да"]
)
def test_yes_in_every_way(typed: object) -> None:
    assert answers(one("Firma", "C12", typed)).saturday


@pytest.mark.parametrize("typed", [False, "FAŁSZ", "nie", 0, "", None, "–", " "])
def test_no_and_nothing_in_every_way(typed: object) -> None:
    assert not answers(one("Firma", "C12", typed)).saturday


@pytest.mark.parametrize(
    ("edit", "found"),
    [
        (one("Firma", "C5", None), ("Firma", "C5", "required")),
        (one("Firma", "C5", "=AVERAGE(1,2"), ("Firma", "C5", "formula_without_value")),
        (one("Firma", "C12", "może"), ("Firma", "C12", "not_yes_or_no")),
        (one("Firma", "C12", 2), ("Firma", "C12", "not_yes_or_no")),
        (one("Firma", "C6", "dolary"), ("Firma", "C6", "unknown_currency")),
        (one("Firma", "C11", 500), ("Firma", "C11", "out_of_range")),
        (one("Lokalizacje", "F5", None), ("Lokalizacje", "F5", "required")),
        (one("Lokalizacje", "F5", "12,5"), ("Lokalizacje", "F5", "not_whole")),
        (one("Lokalizacje", "E5", None), ("Lokalizacje", "E5", "required")),
        (one("Lokalizacje", "G5", "klingoński"), ("Lokalizacje", "G5", "unknown_language")),
        (one("Lokalizacje", "B5", "x" * 121), ("Lokalizacje", "B5", "text_too_long")),
        (writes({"Lokalizacje": {"D6": None, "E6": "Nigdziewo"}}), ("Lokalizacje", "E6", "place_not_found")),
        (one("Usługi", "D6", None), ("Usługi", "D6", "wanted_without_quantity")),
        (one("Usługi", "D6", 0), ("Usługi", "D6", "wanted_without_quantity")),
        (one("Usługi", "C6", "nie"), ("Usługi", "D6", "unwanted_with_quantity")),
        (writes({"Usługi": {"A6": "x", "B6": "Czary"}}), ("Usługi", "B6", "unknown_service")),
        (writes({"Usługi": {"A6": "periodic_exam"}}), ("Usługi", "B7", "duplicate_service")),
        (
            writes({"Usługi": {"C6": None, "D6": None, "C7": None, "D7": None, "D32": None}}),
            ("Usługi", "C4", "nothing_wanted"),
        ),
    ],
)  # fmt: skip
def test_every_fault_names_its_cell_and_its_rule(edit: Edit, found: tuple[str, str, str]) -> None:
    assert issues(edit) == [found]


def test_every_fault_is_told_at_once_and_says_what_to_do() -> None:
    found = read(filled(one("Firma", "C5", "dużo"), one("Usługi", "C6", "nie"), one("Lokalizacje", "F6", "")))
    assert [each.cell for each in found.issues] == ["C5", "F6", "D6"]
    assert all(len(each.message) > 20 for each in found.issues)


def test_a_place_that_is_named_twice_is_told() -> None:
    again = writes({"Lokalizacje": {"C6": "UL. PULAWSKA 10", "D6": "02-566", "E6": "warszawa"}})
    assert issues(again) == [("Lokalizacje", "E6", "duplicate_row")]


def test_merged_answers_are_not_guessed() -> None:
    def merge(book: Any) -> None:
        book["Lokalizacje"].merge_cells("F5:F6")

    assert issues(merge)[0] == ("Lokalizacje", "B5", "merged")


def test_languages_may_be_written_out() -> None:
    found = answers(one("Lokalizacje", "G5", "PL, EN; ukraiński"), one("Lokalizacje", "H5", None))
    assert found.locations[0].languages == ("pl", "en", "uk")
    none = answers(writes({"Lokalizacje": {"G5": None, "H5": None}}))
    assert none.locations[0].languages == ()


def test_a_renamed_service_is_known_by_its_code_and_a_new_row_by_its_name() -> None:
    renamed = writes({"Usługi": {"B6": "Coś innego", "B50": "ekg", "C50": "x", "D50": 5}})
    assert ("ecg", 5) in [(each.service, each.quantity) for each in answers(renamed).wishes]
    assert answers(renamed).wishes[0].service == "initial_exam"


def test_many_rows_below_are_read_and_blank_ones_cost_nothing() -> None:
    found = answers(one("Lokalizacje", "E60", "Kraków"), one("Lokalizacje", "F60", 10))
    assert [each.city for each in found.locations][-1] == "Kraków"


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (lambda book: book.remove(book["_meta"]), "not_ours"),
        (one("_meta", "B1", "cudza ankieta"), "not_ours"),
        (one("_meta", "B2", "2"), "edited"),
        (one("_meta", "B2", 1), "edited"),
        (one("_meta", "B3", "partner-2"), "edited"),
        (one("_meta", "B5", "signed by me"), "edited"),
    ],
)
def test_what_is_not_ours_is_refused(edit: Edit, reason: str) -> None:
    with pytest.raises(NotOurTemplate, match=reason):
        read(filled(edit))


def test_another_partners_questionnaire_is_refused() -> None:
    with pytest.raises(NotOurTemplate, match="other_partner"):
        read(filled(content=template(partner_id="partner-2")))


def versioned(version: int) -> bytes:
    return filled(
        one("_meta", "B2", version),
        one("_meta", "B5", f"signed visita-partner-questionnaire|{version}|{PARTNER}|pl"),
    )


@pytest.mark.parametrize(("version", "reason"), [(0, "outdated"), (TEMPLATE_VERSION + 1, "too_new")])
def test_versions_that_we_do_not_read(version: int, reason: str) -> None:
    with pytest.raises(NotOurTemplate, match=reason):
        read(versioned(version))


def test_the_version_before_is_read_without_the_questions_it_lacked() -> None:
    def lose(book: Any) -> None:
        for name, row in (("q_evening", 13), ("q_accessible", 14)):
            del book.defined_names[name]
            book["Firma"][f"B{row}"] = None

    found = read(edited(versioned(1), lose))
    assert found.answers is not None
    assert not found.answers.evening
    lacking = read(filled(lose)).issues
    assert [each.rule for each in lacking] == ["missing_anchor"] * 2


def test_the_workbook_comes_back_with_its_faults_marked_and_nothing_else_changed() -> None:
    sent = filled(one("Firma", "C5", "dużo"), one("Firma", "C7", "=1+1"))
    found = read(sent).issues
    back = OpenpyxlWriter().mark(sent, marks_of(found))
    from openpyxl import load_workbook

    path = Path("/tmp") / "visita-marked-test.xlsx"
    path.write_bytes(back)
    book = load_workbook(path)
    cell = book["Firma"]["C5"]
    assert cell.comment is not None
    assert found[0].message in cell.comment.text
    assert cell.value == "dużo"
    assert book["Firma"]["C7"].data_type == "s"
    assert book["Lokalizacje"]["E6"].value == "Pruszków"
    assert read(OpenpyxlWriter().mark(filled(), [])).answers == answers()
    mended = read(edited(back, one("Firma", "C5", 40), one("Firma", "C7", None)))
    assert mended.issues == ()
    path.unlink()


@pytest.mark.parametrize("language", ["pl", "en"])
@needs_office
def test_libreoffice_opens_it_and_what_it_saves_is_read(tmp_path: Path, language: Spoken) -> None:
    blank = read(saved_by_office(template(language), tmp_path))
    assert {each.rule for each in blank.issues} == {"required", "no_location", "nothing_wanted"}
    if language == "pl":
        assert read(saved_by_office(filled(), tmp_path)).answers == answers()


def test_one_cell_has_one_fault() -> None:
    found: tuple[CellIssue, ...] = read(filled(one("Lokalizacje", "F5", "kilka"))).issues
    assert len({(each.sheet, each.cell) for each in found}) == len(found) == 1
    assert FILLED["Lokalizacje"]["F5"] == 120
