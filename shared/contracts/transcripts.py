"""A conversation as printed: who said what, when, in its order."""

from datetime import datetime
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from shared.contracts.paper_text import PRINTABLE, Line, SaidLine, normal
from shared.contracts.papers import PaperIssuer
from shared.kernel.records import Value
from shared.kernel.times import Instant, Zoned

LINES_MAX: Final = 500
TEXT_MAX: Final = 40_000
"""A message of 4,000 signs of which each is told by its number."""


class TranscriptLine(Value):
    """`who` in the paper's language; `notes` say that it came by SMS, was changed, or holds documents."""

    number: int
    at: Instant
    who: SaidLine
    text: Annotated[str, Field(max_length=TEXT_MAX)]
    notes: Line = ""
    is_from_case: bool = False


class TranscriptPaper(Zoned):
    """`made_at`: when the last of these messages was written: the same part gives the same bytes."""

    language: Literal["pl", "en"]
    issuer: PaperIssuer
    number: Annotated[SaidLine, Field(max_length=200)]
    title: SaidLine
    subtitle: Line = ""
    made_at: Instant
    lines: tuple[TranscriptLine, ...] = Field(max_length=LINES_MAX)

    def wall(self, at: datetime) -> str:
        """As people write it down where the paper is read."""
        return f"{at.astimezone(ZoneInfo(self.zone)):%Y-%m-%d %H:%M}"


def printed(text: str) -> str:
    """What people chat holds signs that no font of ours has: they are named, not lost, so that a transcript
    can always be made."""
    return "".join(one if one in PRINTABLE or one == "\n" else f"[U+{ord(one):04X}]" for one in normal(text))
