"""Reads workbooks of strangers (.xlsx) as a stream, within limits, whatever is in them.

Libraries for this build the whole workbook in memory or end the process when a file is built to harm. This
one looks at the zip first (`workbook_parts`), lets expat read every part (`workbook_xml`), refuses what has
no place in a questionnaire, and keeps cells that hold something.
"""

import re
from collections.abc import Mapping
from posixpath import dirname, normpath
from typing import Final
from urllib.parse import unquote

from shared.adapters.workbook_cells import SheetReader
from shared.adapters.workbook_parts import Parts
from shared.adapters.workbook_texts import read_texts
from shared.adapters.workbook_xml import Purse, check, local, parse
from shared.contracts.workbook_names import column_number
from shared.contracts.workbooks import BookFault, BookLimits, Name, Sheet, Spot, Workbook, WorkbookRefused

_SHEET_TYPE: Final = "spreadsheetml.sheet.main+xml"
_MACRO_TYPES: Final = ("macroEnabled", "vbaProject", "macrosheet", "xlmacro")
_FORBIDDEN: Final = {
    "xl/vbaproject": BookFault.MACROS,
    "xl/macrosheets/": BookFault.MACROS,
    "xl/dialogsheets/": BookFault.MACROS,
    "xl/externallinks/": BookFault.LINKED,
    "xl/embeddings/": BookFault.LINKED,
    "xl/activex/": BookFault.LINKED,
    "xl/connections": BookFault.LINKED,
    "xl/querytables/": BookFault.LINKED,
    "xl/model/": BookFault.LINKED,
    "customui/": BookFault.MACROS,
}
_NOWHERE: Final = Name("", Spot(0, 0))
_XML_ENDINGS: Final = (".xml", ".rels", ".vml")
_REFERENCE: Final = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d{1,7})")


class BoundedReader:
    def __init__(self, limits: BookLimits | None = None) -> None:
        self._limits = limits or BookLimits()

    def read(self, content: bytes) -> Workbook:
        """Raises WorkbookRefused."""
        parts = Parts(content, self._limits)
        _refuse_what_has_no_place(parts, self._limits)
        outline, purse = _Outline(parts, self._limits), Purse(self._limits)
        _check_the_rest(parts, self._limits, purse, {outline.texts_path, *outline.paths.values()})
        texts = read_texts(parts, outline.texts_path, self._limits, purse)
        reader = SheetReader(self._limits, texts, purse)
        sheets = tuple(
            Sheet(name, hidden, *reader.read(parts.chunks(outline.path_of(relation))))
            for name, hidden, relation in outline.sheets
        )
        known = {one.name for one in sheets}
        names = {key: one if one.sheet in known else _NOWHERE for key, one in outline.names.items()}
        return Workbook(sheets, names, outline.from_1904)


def _refuse_what_has_no_place(parts: Parts, limits: BookLimits) -> None:
    if "mimetype" in parts or "content.xml" in parts:
        raise WorkbookRefused(BookFault.OLD_FORMAT, "OpenDocument")
    if "xl/workbook.bin" in parts:
        raise WorkbookRefused(BookFault.OLD_FORMAT, "xlsb")
    for name in parts.names:
        lower = name.casefold()
        for begins, fault in _FORBIDDEN.items():
            if lower.startswith(begins) or lower.endswith("vbaproject.bin"):
                raise WorkbookRefused(BookFault.MACROS if "vba" in lower else fault)
    if "[Content_Types].xml" not in parts:
        raise WorkbookRefused(BookFault.NO_WORKBOOK, "a zip of something else")
    types: list[str] = []
    parse(
        parts.chunks("[Content_Types].xml"), limits, lambda _, has: types.append(has.get("ContentType", ""))
    )
    if any(mark in one for one in types for mark in _MACRO_TYPES):
        raise WorkbookRefused(BookFault.MACROS, "by its types")
    if not any(_SHEET_TYPE in one for one in types):
        raise WorkbookRefused(BookFault.NO_WORKBOOK, "another kind of document")


def _check_the_rest(parts: Parts, limits: BookLimits, purse: Purse, read_later: set[str]) -> None:
    for name in parts.names:
        if name.endswith(".rels"):
            _check_relations(parts, name, limits)
        elif name.casefold().endswith(_XML_ENDINGS) and name not in read_later:
            check(parts.chunks(name), limits, purse)


def _check_relations(parts: Parts, name: str, limits: BookLimits) -> None:
    """Links that a person may click are harmless; what a program would fetch by itself is not."""

    def start(_name: str, has: Mapping[str, str]) -> None:
        if has.get("TargetMode") == "External" and not has.get("Type", "").endswith("/hyperlink"):
            raise WorkbookRefused(BookFault.LINKED, "a relation")

    parse(parts.chunks(name), limits, start)


class _Outline:
    """Which sheets there are, where they lie, and what has a name."""

    def __init__(self, parts: Parts, limits: BookLimits) -> None:
        self.sheets: list[tuple[str, bool, str]] = []
        self.names: dict[str, Name] = {}
        self.paths: dict[str, str] = {}
        self.from_1904 = False
        self.texts_path = ""
        self._limits = limits
        self._name, self._words = "", ""
        root = self._relations(parts, "_rels/.rels", "")
        book = next((path for kind, path in root.values() if kind.endswith("/officeDocument")), "")
        if book not in parts:
            raise WorkbookRefused(BookFault.BROKEN, "no workbook")
        folder, _, file = book.rpartition("/")
        found = self._relations(parts, f"{folder}/_rels/{file}.rels".lstrip("/"), dirname(book))
        self.paths = {key: path for key, (kind, path) in found.items() if kind.endswith("/worksheet")}
        self.texts_path = next((path for kind, path in found.values() if kind.endswith("/sharedStrings")), "")
        parse(parts.chunks(book), limits, self._start, self._end, self._text)
        if len(self.sheets) > limits.sheets or len(self.names) > limits.names:
            raise WorkbookRefused(BookFault.TOO_MANY_CELLS, "sheets or names")
        self.sheets = [one for one in self.sheets if one[2] in self.paths]  # charts have no cells
        if not self.sheets:
            raise WorkbookRefused(BookFault.BROKEN, "no sheets")

    def path_of(self, relation: str) -> str:
        return self.paths[relation]

    def _relations(self, parts: Parts, name: str, folder: str) -> dict[str, tuple[str, str]]:
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, has: Mapping[str, str]) -> None:
            if local(tag) == "Relationship" and has.get("TargetMode") != "External":
                target = unquote(has.get("Target", ""))
                path = target.lstrip("/") if target.startswith("/") else normpath(f"{folder}/{target}")
                found[has.get("Id", "")] = (has.get("Type", ""), path.lstrip("/"))

        parse(parts.chunks(name), self._limits, start)
        return found

    def _start(self, tag: str, has: Mapping[str, str]) -> None:
        match local(tag):
            case "sheet":
                relation = next((value for key, value in has.items() if local(key) == "id"), "")
                self.sheets.append((has.get("name", ""), has.get("state", "visible") != "visible", relation))
            case "workbookPr":
                self.from_1904 = has.get("date1904", "0") in ("1", "true")
            case "definedName":
                self._name, self._words = has.get("name", ""), ""

    def _text(self, text: str) -> None:
        if self._name:
            self._words += text

    def _end(self, tag: str) -> None:
        if local(tag) == "definedName":
            found = _REFERENCE.match(self._words.strip())
            if found:
                quoted, bare, letters, row = found.groups()
                sheet = quoted.replace("''", "'") if quoted else bare
                self.names[self._name] = Name(sheet, Spot(int(row), column_number(letters)))
            else:
                self.names[self._name] = _NOWHERE
            self._name = ""
