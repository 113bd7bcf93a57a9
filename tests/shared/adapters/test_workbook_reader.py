"""Workbooks of strangers: read within limits, or refused by name; never late, never large."""

import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook as Book
from openpyxl.workbook.defined_name import DefinedName

from shared.adapters.workbook_reader import BoundedReader
from shared.contracts.workbook_names import cell_name, column_number
from shared.contracts.workbooks import Area, BookFault, Cell, Spot, WorkbookRefused
from tests.shared.adapters.hostile_workbooks import HOSTILE, SHEET, book, linked, sheet, texts, zipped

SECONDS_MAX, MEGABYTES_MAX = 2.0, 256


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_built_to_harm_is_refused_by_name_soon_and_cheaply(name: str, tmp_path: Path) -> None:
    make, owed = HOSTILE[name]
    file = tmp_path / "sent.xlsx"
    file.write_bytes(make())
    command = [sys.executable, "-m", "tests.shared.adapters.read_in_child", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    fault, seconds, megabytes = done.stdout.split()
    assert fault == owed
    assert float(seconds) <= SECONDS_MAX
    assert float(megabytes) <= MEGABYTES_MAX


def test_there_are_as_many_as_were_asked_for() -> None:
    assert len(HOSTILE) >= 25
    assert {owed for _, owed in HOSTILE.values()} == set(BookFault)


def cells(content: bytes) -> dict[str, Cell]:
    (one,) = BoundedReader().read(content).sheets
    return {cell_name(spot): cell for spot, cell in one.cells.items()}


def saved(fill: Callable[[Book], None]) -> bytes:
    made, target = Book(), BytesIO()
    fill(made)
    made.save(target)
    return target.getvalue()


def test_values_come_as_they_are() -> None:
    def fill(made: Book) -> None:
        for number, value in enumerate(("tekst", 12.5, True, "=1+1", None, " spacje ", "łódź 🚑"), 1):
            made.worksheets[0].cell(number, 2, value)

    found = cells(saved(fill))
    assert found["B1"] == Cell("tekst")
    assert found["B2"] == Cell(12.5)
    assert found["B3"] == Cell(True)
    assert found["B4"] == Cell(None, formula=True)
    assert "B5" not in found
    assert [found["B6"].value, found["B7"].value] == [" spacje ", "łódź 🚑"]


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ('<c r="A1"><f>SUM(B1)</f><v>7</v></c>', Cell(7.0, formula=True)),
        ('<c r="A1" t="str"><f>B1</f><v>tak</v></c>', Cell("tak", formula=True)),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', Cell(None, formula=True, error="#DIV/0!")),
        ('<c r="A1" t="b"><v>1</v></c>', Cell(True)),
        ('<c r="A1"><v>1e400</v></c>', Cell("1e400")),
        ('<c r="A1"><v>NaN</v></c>', Cell("NaN")),
        ('<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>', Cell("ab")),
        ('<c r="A1" t="s"><v>1</v></c>', Cell("drugi")),
        ("<c><v>3</v></c>", Cell(3.0)),
    ],
)
def test_cells_are_read_in_every_form(row: str, cell: Cell) -> None:
    shared = texts(
        "<si><t>pierwszy</t></si>", "<si><r><t>dru</t></r><rPh><t>x</t></rPh><r><t>gi</t></r></si>"
    )
    content = zipped(book(f'<row r="1">{row}</row>', **{"xl/sharedStrings.xml": shared}))
    assert cells(content) == {"A1": cell}


def test_rows_and_cells_without_numbers_follow_each_other() -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c r='C2'><v>3</v></c></row>"
    assert sorted(cells(zipped(book(rows)))) == ["A1", "B1", "C2"]


def test_names_merges_and_hidden_sheets_are_seen() -> None:
    def fill(made: Book) -> None:
        made.worksheets[0].title = "Mój arkusz"
        made.worksheets[0].merge_cells("A1:C2")
        made.worksheets[0]["A1"] = "razem"
        made.create_sheet("ukryty").sheet_state = "veryHidden"
        made.defined_names["q_here"] = DefinedName("q_here", attr_text="'Mój arkusz'!$B$7")
        made.defined_names["q_gone"] = DefinedName("q_gone", attr_text="#REF!")

    found = BoundedReader().read(saved(fill))
    assert [(one.name, one.hidden) for one in found.sheets] == [("Mój arkusz", False), ("ukryty", True)]
    assert found.sheets[0].merges == (Area(1, 1, 2, 3),)
    assert (found.names["q_here"].sheet, found.names["q_here"].spot) == ("Mój arkusz", Spot(7, 2))
    assert found.names["q_gone"].sheet == ""


def test_a_link_that_a_person_may_click_is_no_harm() -> None:
    assert BoundedReader().read(linked("hyperlink")).sheets


def test_cells_under_a_prefix_are_read() -> None:
    body = (
        sheet("")
        .replace("<", "<x:")
        .replace("<x:/", "</x:")
        .replace("<x:?", "<?")
        .replace("xmlns=", "xmlns:x=")
    )
    body = body.replace("<x:sheetData>", '<x:sheetData><x:row r="1"><x:c r="B1"><x:v>5</x:v></x:c></x:row>')
    assert cells(zipped(book(**{SHEET: body}))) == {"B1": Cell(5.0)}


@pytest.mark.parametrize("column", [1, 26, 27, 52, 53, 702, 703, 16_384])
def test_columns_have_one_name(column: int) -> None:
    name = cell_name(Spot(1, column))
    assert column_number(name[:-1]) == column


def test_noise_is_refused_and_nothing_else_happens() -> None:
    good = zipped(book())
    for at in range(0, len(good), 7):
        torn = good[:at] + bytes([good[at] ^ 0x55]) + good[at + 1 :]
        try:
            BoundedReader().read(torn)
        except WorkbookRefused:
            continue
