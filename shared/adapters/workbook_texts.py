"""The texts that the cells of a workbook share, from their XML as it streams by."""

from collections.abc import Mapping
from typing import Final

from shared.adapters.workbook_parts import Parts
from shared.adapters.workbook_xml import Purse, local, parse
from shared.contracts.workbooks import BookFault, BookLimits, WorkbookRefused

_KNOWN: Final = frozenset({"si", "t", "r"})


def read_texts(parts: Parts, path: str, limits: BookLimits, purse: Purse) -> list[str]:
    """Phonetic hints are left out."""
    if not path or path not in parts:
        return []
    texts: list[str] = []
    pieces: list[str] = []
    taking = hint = False
    total = length = 0

    def start(tag: str, _: Mapping[str, str]) -> None:
        nonlocal taking, hint
        purse.left -= 1
        name = tag if tag in _KNOWN else local(tag)
        if name == "t":
            taking = not hint
        elif name == "rPh":
            hint = True
        elif purse.left < 0:
            purse.pay()

    def text(words: str) -> None:
        nonlocal length
        if taking:
            pieces.append(words)
            length += len(words)
            if length > limits.text_length:
                raise WorkbookRefused(BookFault.TEXT_TOO_LONG)

    def end(tag: str) -> None:
        nonlocal taking, hint, total, length
        name = tag if tag in _KNOWN else local(tag)
        taking = False
        if name == "si":
            texts.append("".join(pieces))
            pieces.clear()
            total += length
            length = 0
            if len(texts) > limits.texts or total > limits.text_total:
                raise WorkbookRefused(BookFault.TOO_MANY_CELLS, "shared texts")
        elif name == "rPh":
            hint = False

    parse(parts.chunks(path), limits, start, end, text)
    return texts
