"""A change of a statement as a person reads it: the lines that differ, cut to where they differ."""

import difflib
from collections.abc import Sequence
from typing import Final

SHOWN_MAX: Final = 150


def shown(was: Sequence[str], becomes: Sequence[str]) -> tuple[str, str]:
    diff = list(difflib.ndiff(was, becomes))
    left = " / ".join(line[2:].strip() for line in diff if line.startswith("- "))
    right = " / ".join(line[2:].strip() for line in diff if line.startswith("+ "))
    if max(len(left), len(right)) <= SHOWN_MAX:
        return left, right
    same = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), 0)
    begin = max(0, same - SHOWN_MAX // 2)
    return left[begin : begin + SHOWN_MAX], right[begin : begin + SHOWN_MAX]
