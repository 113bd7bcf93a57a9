"""Text that can be put on paper: the letters that our fonts hold, in one normal form.

What is no letter of theirs is refused before anything is decided: a medical paper may neither lose a sign nor
show an empty box in its place. Codes that are no sign at all (controls, marks that turn the direction of
writing) are refused for a second reason: they make a paper read otherwise than it was checked.
"""

import re
import unicodedata
from typing import Annotated, Final

from pydantic import AfterValidator, Field

_RANGES: Final = (
    (0x0020, 0x007E),  # basic Latin
    (0x00A0, 0x00AC),  # Latin-1; without the soft hyphen, which nobody sees
    (0x00AE, 0x00FF),
    (0x0100, 0x023F),  # Latin of Europe, Africa and Asia
    (0x0259, 0x0259),  # Azerbaijani
    (0x02BB, 0x02BC),  # the apostrophes that are letters
    (0x0384, 0x0386),  # Greek; its own middle dot is the common one
    (0x0388, 0x038A),
    (0x038C, 0x038C),
    (0x038E, 0x03A1),
    (0x03A3, 0x03CE),
    (0x0400, 0x045F),  # Cyrillic
    (0x0490, 0x04C4),
    (0x04C7, 0x04CC),
    (0x04D0, 0x04F9),
    (0x1E00, 0x1E9B),  # more Latin
    (0x1E9E, 0x1E9E),
    (0x1EA0, 0x1EF9),  # Vietnamese
    (0x2010, 0x2015),  # hyphens and dashes
    (0x2018, 0x201F),  # quotes
    (0x2020, 0x2022),
    (0x2026, 0x2026),
    (0x2030, 0x2033),  # per mille, minutes, seconds
    (0x2039, 0x203A),
    (0x2074, 0x2079),  # powers and indices
    (0x2080, 0x2089),
    (0x20AC, 0x20AC),
    (0x2116, 0x2116),
    (0x2122, 0x2122),
    (0x2153, 0x215E),  # fractions
    (0x2190, 0x2195),  # arrows
    (0x2205, 0x2205),  # signs of a medical text
    (0x2212, 0x2212),
    (0x221A, 0x221A),
    (0x221E, 0x221E),
    (0x223C, 0x223C),
    (0x2248, 0x2248),
    (0x2260, 0x2260),
    (0x2264, 0x2265),
)
PRINTABLE: Final = frozenset(chr(code) for first, last in _RANGES for code in range(first, last + 1))
"""Latin (also of Vietnam), Greek and Cyrillic, and the signs of a medical text."""

NAMED_MAX: Final = 10
LINE_MAX: Final = 200
WORDING_MAX: Final = 1_000
PROSE_MAX: Final = 12_000


def normal(text: str) -> str:
    """Composed letters (NFC, so ``z`` + accent is ``ź``), line ends as ``\\n``, tabs as spaces."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")


def unprintable(text: str) -> tuple[str, ...]:
    """What of this text no paper can show, as ``U+1F600``: each once, in order, at most NAMED_MAX."""
    strange = dict.fromkeys(one for one in normal(text) if one not in PRINTABLE and one != "\n")
    return tuple(f"U+{ord(one):04X}" for one in list(strange)[:NAMED_MAX])


def _printable(text: str) -> str:
    strange = unprintable(text)
    if strange:
        raise ValueError(f"holds characters that cannot be printed: {', '.join(strange)}")
    return normal(text)


def _line(text: str) -> str:
    return re.sub(r"[ \n]+", " ", _printable(text)).strip()


def _prose(text: str) -> str:
    lines = (re.sub(r" +", " ", line).strip() for line in _printable(text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _said(text: str) -> str:
    if not text:
        raise ValueError("must not be empty")
    return text


Line = Annotated[str, Field(max_length=LINE_MAX), AfterValidator(_line)]
"""One line, perhaps empty. The paper wraps it; line breaks and double spaces in it are single spaces."""

SaidLine = Annotated[Line, AfterValidator(_said)]
"""One line that says something."""

Wording = Annotated[str, Field(max_length=WORDING_MAX), AfterValidator(_line)]
"""What stands in a cell of a table: a sentence or two, perhaps nothing."""

Prose = Annotated[str, Field(max_length=PROSE_MAX), AfterValidator(_prose)]
"""What a person wrote: an empty line begins a paragraph, a line break stays one. Perhaps empty."""
