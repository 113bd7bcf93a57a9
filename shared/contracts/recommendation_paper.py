"""A recommendation as printed on one page: every word and number is ready, the page only sets it."""

from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.paper_text import Line, SaidLine, Wording
from shared.contracts.papers import PaperIssuer
from shared.kernel.records import Value
from shared.kernel.times import Instant

LINES_MAX = 12
ROWS_MAX = 5


class PaperRow(Value):
    """One institute. `share` 0 to 100 of a full bar."""

    name: SaidLine
    score: Line
    share: int = Field(ge=0, le=100)
    price: Line
    distance: Line
    remark: Wording


class PaperCriterion(Value):
    name: SaidLine
    measure: Line
    share: int = Field(ge=0, le=100)
    points: Line


class PaperQuoteLine(Value):
    name: SaidLine
    quantity: Line
    unit: Line
    vat: Line
    gross: Line


class RecommendationPaper(Value):
    """`rows` the best first; empty where nothing fits: then `misses` say why. `more_lines` stands for the
    lines of the quotation that find no place."""

    language: Literal["pl", "en"]
    issuer: PaperIssuer
    number: Annotated[SaidLine, Field(max_length=40)]
    title: SaidLine
    subtitle: Wording
    made_at: Instant
    headline: SaidLine
    reason: Wording
    change: Wording
    rows: tuple[PaperRow, ...] = Field(default=(), max_length=ROWS_MAX)
    criteria: tuple[PaperCriterion, ...] = Field(default=(), max_length=10)
    lines: tuple[PaperQuoteLine, ...] = Field(default=(), max_length=LINES_MAX)
    more_lines: Line = ""
    total: Line = ""
    total_note: Line = ""
    misses: tuple[PaperRow, ...] = Field(default=(), max_length=ROWS_MAX)
    footnote: Wording
