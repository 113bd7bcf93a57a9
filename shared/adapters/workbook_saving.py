"""How a workbook is saved: the same content is the same bytes, and text is text whatever it begins with."""

from __future__ import annotations

from copy import copy
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from openpyxl import Workbook

DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a program may take for a formula, now or after the table was saved in another format."""
MADE_AT: Final = datetime(2026, 1, 1)  # noqa: DTZ001 - the format knows no zones


class _SteadyZip(ZipFile):
    """Every part is of one date, so that the same parts are the same file."""

    def writestr(self, name: Any, data: Any, *_: Any, **__: Any) -> None:  # type: ignore[override]
        steady = ZipInfo(name.filename if isinstance(name, ZipInfo) else name, MADE_AT.timetuple()[:6])
        super().writestr(steady, data, ZIP_DEFLATED)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        self.writestr(arcname or filename, Path(filename).read_bytes())


def saved(book: Workbook) -> bytes:
    """As `Workbook.save` does it, but for the time of day that it would stamp into the file."""
    from openpyxl.writer.excel import ExcelWriter

    book.properties.created = book.properties.modified = MADE_AT
    target = BytesIO()
    ExcelWriter(book, _SteadyZip(target, "w", ZIP_DEFLATED)).save()
    return target.getvalue()


def write_text(cell: Any, text: str) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    clean = ILLEGAL_CHARACTERS_RE.sub(" ", text)
    cell.value = clean
    cell.data_type = "s"
    if clean.startswith(DANGEROUS):
        cell._style = copy(cell._style)
        cell.quotePrefix = True
