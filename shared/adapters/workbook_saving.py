"""How a workbook is saved: the same content is the same bytes, and text is text whatever it begins with."""

from __future__ import annotations

from copy import copy
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from openpyxl import Workbook

DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a program may take for a formula, now or after the table was saved in another format."""
MADE_AT: Final = datetime(2026, 1, 1)  # noqa: DTZ001 - the format knows no zones
_QUICK: Final = 6


def saved(book: Workbook) -> bytes:
    """openpyxl stamps the time of day into the file: it is taken out."""
    book.properties.created = MADE_AT
    raw, target = BytesIO(), BytesIO()
    book.save(raw)
    with ZipFile(raw) as made, ZipFile(target, "w", ZIP_DEFLATED, compresslevel=_QUICK) as kept:
        for info in made.infolist():
            content = made.read(info)
            if info.filename == "docProps/core.xml":
                content = _without_now(content)
            kept.writestr(ZipInfo(info.filename, MADE_AT.timetuple()[:6]), content, ZIP_DEFLATED)
    return target.getvalue()


def _without_now(core: bytes) -> bytes:
    before, mark, rest = core.partition(b"<dcterms:modified")
    inside, end, after = rest.partition(b"</dcterms:modified>")
    opening = inside.partition(b">")[0]
    return (
        before + mark + opening + b">" + MADE_AT.isoformat().encode() + b"Z" + end + after if mark else core
    )


def write_text(cell: Any, text: str) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    clean = ILLEGAL_CHARACTERS_RE.sub(" ", text)
    cell.value = clean
    cell.data_type = "s"
    if clean.startswith(DANGEROUS):
        cell._style = copy(cell._style)
        cell.quotePrefix = True
