"""A workbook that somebody sent, as far as we read it: cells with values, names, merged areas."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class BookFault(StrEnum):
    """Why a file is not read at all."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"  # of itself, or unpacked
    NO_WORKBOOK = "no_workbook"  # text, a web page, a picture: not what its name says
    OLD_FORMAT = "old_format"  # .xls, .xlsb, .ods
    ENCRYPTED = "encrypted"  # a password is asked for
    BROKEN = "broken"  # cut off, or not as the format demands
    TRICKS = "tricks"  # built to harm: bombs, names that lead elsewhere, entities
    MACROS = "macros"
    LINKED = "linked"  # to other workbooks, or with things embedded
    TOO_MANY_CELLS = "too_many_cells"  # rows, columns, cells, sheets, texts
    TEXT_TOO_LONG = "text_too_long"


class WorkbookRefused(Exception):
    """The file is not read. `detail` is for the log: it holds nothing of the file's content."""

    def __init__(self, fault: BookFault, detail: str = "") -> None:
        super().__init__(f"{fault}: {detail}")
        self.fault = fault
        self.detail = detail


@dataclass(frozen=True)
class BookLimits:
    """What a workbook may have; what lies beyond is refused, not cut off."""

    entries: int = 200
    directory_bytes: int = 64 * 1024
    unpacked_bytes: int = 32 * 1024 * 1024
    part_bytes: int = 24 * 1024 * 1024
    ratio: int = 200
    depth: int = 64
    elements: int = 1_000_000
    token_bytes: int = 256 * 1024
    sheets: int = 40
    rows: int = 20_000
    columns: int = 200
    cells: int = 60_000
    blank_cells: int = 400_000
    blank_rows: int = 150_000
    texts: int = 60_000
    text_length: int = 2_000
    text_total: int = 4_000_000
    names: int = 500
    merges: int = 2_000


class Cell(NamedTuple):
    """`value`: text, number, truth, or None where a formula has no value; `error` such as "#REF!"."""

    value: str | float | bool | None
    formula: bool = False
    error: str = ""


class Spot(NamedTuple):
    """A cell, counted from 1."""

    row: int
    column: int


class Area(NamedTuple):
    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Sheet:
    """Cells by row and column, only those that hold something; of a merged area that is its first."""

    name: str
    hidden: bool
    cells: Mapping[tuple[int, int], Cell]
    merges: tuple[Area, ...] = ()


@dataclass(frozen=True)
class Name:
    """A defined name; `sheet` "" where what it stood for was deleted."""

    sheet: str
    spot: Spot


@dataclass(frozen=True)
class Workbook:
    """`from_1904`: days are counted from 1904-01-01, as old Macs did."""

    sheets: tuple[Sheet, ...]
    names: Mapping[str, Name] = field(default_factory=dict)
    from_1904: bool = False

    def sheet(self, name: str) -> Sheet | None:
        return next((one for one in self.sheets if one.name == name), None)
