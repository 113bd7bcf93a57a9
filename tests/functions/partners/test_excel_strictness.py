"""What Excel would repair with a warning: asked of the XML of every workbook that we hand out."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from itertools import combinations
from posixpath import join, normpath
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, range_boundaries

from functions.partners.domain.institute import Institute
from functions.partners.domain.issues import marks_of
from functions.partners.domain.price_plan import price_plan
from functions.partners.domain.recommendation_plan import recommendation_plan
from functions.partners.domain.template_words import Spoken
from shared.adapters.workbook_writer import OpenpyxlWriter
from tests.functions.partners.a_recommendation import a_recommendation
from tests.functions.partners.an_institute import TODAY, some_institutes
from tests.functions.partners.filled import filled, one, read, template
from tests.world import TENANT

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ORDER = """
    sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection
    protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells
    phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup
    headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing
    legacyDrawing legacyDrawingHF picture oleObjects controls webPublishItems tableParts extLst
"""
ORDER = _ORDER.split()


def _marked() -> bytes:
    sent = filled(one("Firma", "C5", "dużo"), one("Usługi", "C6", "nie"), one("Lokalizacje", "F5", None))
    return OpenpyxlWriter().mark(sent, marks_of(read(sent).issues))


def _prices(language: Spoken) -> bytes:
    found = [
        Institute(id=each.institute_id, tenant_id=TENANT, name="=1+1", price_lists=each.price_lists)
        for each in some_institutes(2, 1)
    ]
    return OpenpyxlWriter().write(price_plan(found, TODAY, language))


MADE: dict[str, Callable[[], bytes]] = {
    "questionnaire pl": lambda: template("pl"),
    "questionnaire en": lambda: template("en"),
    "marked": _marked,
    "recommendation pl": lambda: OpenpyxlWriter().write(
        recommendation_plan(a_recommendation(), "@Żubr", "pl")
    ),
    "recommendation en": lambda: OpenpyxlWriter().write(
        recommendation_plan(a_recommendation(), "@Żubr", "en")
    ),
    "prices pl": lambda: _prices("pl"),
    "prices en": lambda: _prices("en"),
}


class Book:
    """The parts of one file, parsed."""

    def __init__(self, content: bytes) -> None:
        self.zip = ZipFile(BytesIO(content))
        self.parts = self.zip.namelist()

    def xml(self, part: str) -> Any:
        return ElementTree.fromstring(self.zip.read(part))

    @property
    def sheets(self) -> dict[str, Any]:
        links = self.links("xl/workbook.xml")
        found = self.xml("xl/workbook.xml").iter(f"{MAIN}sheet")
        return {each.get("name"): self.xml(links[each.get(f"{LINK}id")]) for each in found}

    @property
    def texts(self) -> list[Any]:
        """Shared by cells; ours stand in their cells."""
        part = "xl/sharedStrings.xml"
        return list(self.xml(part)) if part in self.parts else []

    def links(self, part: str) -> dict[str, str]:
        folder, _, name = part.rpartition("/")
        return {
            each.get("Id"): normpath(join(folder, each.get("Target"))) if each.get("Target")[0] != "/"
            else each.get("Target")[1:]
            for each in self.xml(f"{folder}/_rels/{name}.rels")
        }  # fmt: skip


@cache
def made(name: str) -> Book:
    return Book(MADE[name]())


@pytest.fixture(params=MADE)
def book(request: pytest.FixtureRequest) -> Book:
    return made(request.param)


def test_every_part_is_there_once_and_has_a_type(book: Book) -> None:
    assert len(set(book.parts)) == len(book.parts)
    types = list(book.xml("[Content_Types].xml"))
    typed = {each.get("PartName", "").lstrip("/") for each in types}
    endings = {each.get("Extension") for each in types}
    assert [each for each in book.parts if each not in typed and each.rpartition(".")[2] not in endings] == []
    assert typed - {""} <= set(book.parts)
    for rels in (each for each in book.parts if each.endswith(".rels") and each != "_rels/.rels"):
        part = rels.replace("_rels/", "").removesuffix(".rels")
        assert set(book.links(part).values()) <= set(book.parts)


def test_elements_of_a_sheet_stand_in_the_order_that_excel_demands(book: Book) -> None:
    for name, sheet in book.sheets.items():
        order = [ORDER.index(each.tag.removeprefix(MAIN)) for each in sheet]
        assert order == sorted(set(order)), name


def test_rows_and_cells_ascend_and_name_styles_and_texts_that_exist(book: Book) -> None:
    styles = len(book.xml("xl/styles.xml").find(f"{MAIN}cellXfs"))
    texts = len(book.texts)
    for sheet in book.sheets.values():
        numbers = [int(row.get("r")) for row in sheet.iter(f"{MAIN}row")]
        assert numbers == sorted(set(numbers))
        for row in sheet.iter(f"{MAIN}row"):
            columns = [column_index_from_string(coordinate_from_string(cell.get("r"))[0]) for cell in row]
            assert columns == sorted(set(columns))
            assert float(row.get("ht", 1)) <= 409
        for cell in sheet.iter(f"{MAIN}c"):
            assert int(cell.get("s", 0)) < styles
            if cell.get("t") == "s":
                assert 0 <= int(cell.find(f"{MAIN}v").text) < texts


def test_styles_count_what_they_hold_and_stay_within_what_excel_takes(book: Book) -> None:
    sheet = book.xml("xl/styles.xml")
    for kind, most in (
        ("fonts", 512),
        ("fills", 256),
        ("borders", 256),
        ("cellXfs", 64_000),
        ("cellStyles", 200),
    ):
        table = sheet.find(f"{MAIN}{kind}")
        assert int(table.get("count", len(table))) == len(table) <= most
    names = [each.get("name").lower() for each in sheet.iter(f"{MAIN}cellStyle")]
    assert len(set(names)) == len(names)


def test_names_of_sheets_are_short_legal_and_differ(book: Book) -> None:
    names = list(book.sheets)
    assert all(0 < len(one) <= 31 and not re.search(r"[\[\]:*?/\\]|^'|'$", one) for one in names)
    assert len({one.lower() for one in names}) == len(names)


def test_defined_names_are_legal_differ_and_lead_to_a_sheet(book: Book) -> None:
    found = list(book.xml("xl/workbook.xml").iter(f"{MAIN}definedName"))
    keys = [(each.get("name").lower(), each.get("localSheetId")) for each in found]
    assert len(set(keys)) == len(keys)
    for each in found:
        name = each.get("name")
        assert re.fullmatch(r"[^\W\d][\w.]*", name)
        assert len(name) <= 255
        assert not re.fullmatch(r"[A-Za-z]{1,3}\d+|[rRcC]|[rR]\d*[cC]\d*", name)
        sheet = each.text.rpartition("!")[0].strip("'").replace("''", "'")
        assert sheet in book.sheets


def _areas(sheet: Any, tag: str, attribute: str) -> Iterator[tuple[int, ...]]:
    for each in sheet.iter(f"{MAIN}{tag}"):
        for area in each.get(attribute).split():
            yield tuple(number or 0 for number in range_boundaries(area))


def _overlap(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def test_merged_areas_and_validations_do_not_overlap(book: Book) -> None:
    for sheet in book.sheets.values():
        for tag, attribute in (("mergeCell", "ref"), ("dataValidation", "sqref")):
            areas = list(_areas(sheet, tag, attribute))
            assert not any(_overlap(one, other) for one, other in combinations(areas, 2))


def test_validations_say_no_more_than_excel_takes(book: Book) -> None:
    for sheet in book.sheets.values():
        rules = list(sheet.iter(f"{MAIN}dataValidation"))
        holder = sheet.find(f"{MAIN}dataValidations")
        assert holder is None or int(holder.get("count", len(rules))) == len(rules)
        for rule in rules:
            assert all(len(part.text or "") <= 255 for part in rule)
            assert max(len(rule.get("promptTitle", "")), len(rule.get("errorTitle", ""))) <= 32
            assert max(len(rule.get("prompt", "")), len(rule.get("error", ""))) <= 255
            for sheet_name in re.findall(r"'([^']+)'!", rule.findtext(f"{MAIN}formula1") or ""):
                assert sheet_name in book.sheets


def test_nothing_computes_and_nothing_leads_elsewhere(book: Book) -> None:
    assert all(sheet.find(f".//{MAIN}f") is None for sheet in book.sheets.values())
    assert not [one for one in book.parts if "external" in one.lower() or "vba" in one.lower()]


def test_a_text_is_no_longer_than_a_cell_holds(book: Book) -> None:
    inside = [each for sheet in book.sheets.values() for each in sheet.iter(f"{MAIN}is")]
    assert inside or book.texts
    assert all(len("".join(each.itertext())) <= 32_767 for each in (*inside, *book.texts))


def test_every_marked_cell_has_one_comment() -> None:
    book = made("marked")
    parts = [one for one in book.parts if re.search(r"comments?[\d/]", one) and one.endswith(".xml")]
    assert len(parts) == 3
    for part in parts:
        refs = [each.get("ref") for each in book.xml(part).iter(f"{MAIN}comment")]
        assert len(set(refs)) == len(refs) > 0
