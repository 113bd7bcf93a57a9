"""A workbook that we hand out, described as data: what stands where, how it looks, what may be filled in."""

from enum import Enum
from typing import NamedTuple


class Look(Enum):
    """Styles by what they mean; the writer knows how each looks."""

    PLAIN = "plain"
    TITLE = "title"
    SUBTITLE = "subtitle"
    TEXT = "text"  # wraps
    NOTE = "note"  # small and grey, wraps
    STEP = "step"  # the number before a step
    HEAD = "head"  # of a table
    HEAD_TURNED = "head_turned"  # of a narrow column
    GROUP = "group"  # a band across a table
    LABEL = "label"
    VALUE = "value"
    MONEY = "money"
    INPUT = "input"
    INPUT_NUMBER = "input_number"
    INPUT_MONEY = "input_money"
    INPUT_CHOICE = "input_choice"
    INPUT_DATE = "input_date"
    GOOD = "good"
    LEGEND = "legend"


INPUTS = frozenset({Look.INPUT, Look.INPUT_NUMBER, Look.INPUT_MONEY, Look.INPUT_CHOICE, Look.INPUT_DATE})


class CellPlan(NamedTuple):
    """Text is always written as text, whatever it begins with."""

    row: int
    column: int
    value: str | int | float | None = None
    look: Look = Look.PLAIN
    columns: int = 1
    """How many columns it takes, from its own on."""


class Choice(NamedTuple):
    """Only one of these may be chosen. `where` such as "C5:C44"."""

    where: str
    options: tuple[str, ...]
    title: str
    message: str


class ChoiceFrom(NamedTuple):
    """Only what stands in the cells of `source` may be chosen, such as "'Lists'!$A$2:$A$41"."""

    where: str
    source: str
    title: str
    message: str


class DateRule(NamedTuple):
    """A day, this one or later; days as a spreadsheet counts them."""

    where: str
    least: int
    title: str
    message: str


class NumberRule(NamedTuple):
    """A number from `least` to `most`; `whole`: no fraction."""

    where: str
    least: float
    most: float
    whole: bool
    title: str
    message: str


class TextRule(NamedTuple):
    """At most so many signs."""

    where: str
    most: int
    title: str
    message: str


Rule = Choice | ChoiceFrom | DateRule | NumberRule | TextRule


class SheetPlan(NamedTuple):
    """`widths` in characters, `heights` in points by row; `freeze` is the first cell that scrolls."""

    name: str
    cells: tuple[CellPlan, ...]
    widths: tuple[float, ...] = ()
    heights: tuple[tuple[int, float], ...] = ()
    rules: tuple[Rule, ...] = ()
    freeze: str = ""
    hidden: bool = False
    hidden_columns: tuple[int, ...] = ()
    landscape: bool = False
    tab: str = ""
    repeat_rows: str = ""
    """Rows that are printed on every page, such as "5:5"."""


class BookPlan(NamedTuple):
    """`names` are anchors: a name, its sheet and its cell ("C5"). `locked`: only inputs can be changed."""

    title: str
    sheets: tuple[SheetPlan, ...]
    names: tuple[tuple[str, str, str], ...] = ()
    locked: bool = True
    language: str = "pl"


class Mark(NamedTuple):
    """A cell to be marked, and what the comment on it says."""

    sheet: str
    row: int
    column: int
    comment: str
