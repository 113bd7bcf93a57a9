"""Text with separators, as people save it, within limits."""

import pytest

from shared.adapters.csv_reader import SHEET_NAME, read_csv
from shared.contracts.workbooks import BookFault, BookLimits, WorkbookRefused

FEW = BookLimits(rows=3, columns=3, cells=6, text_length=10)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
def test_it_is_read_with_any_separator_and_encoding(separator: str, encoding: str) -> None:
    content = f"Imię{separator}Łódź\r\n a {separator}\r\n".encode(encoding)
    (sheet,) = read_csv(content, FEW).sheets
    assert sheet.name == SHEET_NAME
    assert {at: cell.value for at, cell in sheet.cells.items()} == {
        (1, 1): "Imię",
        (1, 2): "Łódź",
        (2, 1): "a",
    }


def test_a_separator_within_quotes_is_text() -> None:
    (sheet,) = read_csv(b'a;"b;c"\r\n"d\ne";f\r\n', FEW).sheets
    assert (sheet.cells[1, 2].value, sheet.cells[2, 1].value) == ("b;c", "d\ne")


def test_nothing_is_a_formula() -> None:
    (sheet,) = read_csv(b"=1+1;b", FEW).sheets
    assert (sheet.cells[1, 1].value, sheet.cells[1, 1].formula) == ("=1+1", False)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", BookFault.EMPTY),
        (b" \r\n ", BookFault.EMPTY),
        (b"a\x00b", BookFault.NO_WORKBOOK),
        (b"a\nb\nc\nd", BookFault.TOO_MANY_CELLS),
        (b"a;b;c;d", BookFault.TOO_MANY_CELLS),
        (b"a;b;c\nd;e;f\ng", BookFault.TOO_MANY_CELLS),
        (b"a" * 11, BookFault.TEXT_TOO_LONG),
        (b"a" * 100, BookFault.BROKEN),
    ],
)
def test_what_goes_beyond_is_refused(content: bytes, fault: BookFault) -> None:
    with pytest.raises(WorkbookRefused) as refused:
        read_csv(content, FEW)
    assert refused.value.fault == fault
