"""What a machine reads from a PDF of ours: by the maps from glyphs to letters that it brings along."""

import re
from collections.abc import Iterator
from io import BytesIO

import pikepdf

_PAIR = re.compile(r"<([0-9A-Fa-f]{4})>\s*<((?:[0-9A-Fa-f]{4})+)>")
_RUN = re.compile(r"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>")
_PART = re.compile(r"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)


def text_of(pdf: bytes) -> str:
    """All pages, one line for each piece of text; lines broken at a hyphen are joined."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        lines = [line for page in opened.pages for line in _lines(page)]
    return "\n".join(lines).replace("\n-\n", "").replace("\u00ad\n", "").replace("\u200b", "")


def spoken(pdf: bytes) -> str:
    """The same as one line, each space single: what a sentence is looked for in."""
    return re.sub(r"\s+", " ", text_of(pdf))


def _lines(page: pikepdf.Page) -> Iterator[str]:
    fonts = {name: _letters(font) for name, font in page.obj.Resources.Font.items()}
    letters: dict[int, str] = {}
    line = ""
    for step in pikepdf.parse_content_stream(page):
        operands, operator = step.operands, str(step.operator)
        match operator:
            case "BT":
                line = ""
            case "Tf":
                letters = fonts[str(operands[0])]
            case "TJ" | "Tj":
                pieces = operands[0] if operator == "TJ" else operands
                line += "".join(
                    _read(bytes(one), letters) for one in pieces if isinstance(one, pikepdf.String)
                )
            case "ET":
                yield line


def _read(glyphs: bytes, letters: dict[int, str]) -> str:
    return "".join(letters[int.from_bytes(glyphs[at : at + 2])] for at in range(0, len(glyphs), 2))


def _letters(font: pikepdf.Object) -> dict[int, str]:
    found: dict[int, str] = {}
    for kind, part in _PART.findall(font.ToUnicode.read_bytes().decode("latin-1")):
        if kind == "bfchar":
            found |= {int(glyph, 16): _utf16(letter) for glyph, letter in _PAIR.findall(part)}
        for first, last, letter in _RUN.findall(part) if kind == "bfrange" else ():
            span = range(int(first, 16), int(last, 16) + 1)
            found |= {glyph: chr(int(letter, 16) + number) for number, glyph in enumerate(span)}
    return found


def _utf16(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be")
