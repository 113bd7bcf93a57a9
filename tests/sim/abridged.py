"""A told story cut down to what a person must read: the faults, and whoever the broken promises name."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tests.sim.people import phone_of

LINES_MAX: Final = 400
_FAULT: Final = re.compile(r"^\S+  ! ")
_NAMES: Final = re.compile(r"\b(?:[0-9a-f]{16,}|[a-z]+-\d+)\b|\+\d{9,}")
"""Ids as the simulator draws them, people and cases of a scenario, phones."""
_DOCTOR: Final = re.compile(r"d-\d+")


def abridged(lines: Sequence[str], breaches: Sequence[str]) -> list[str]:
    """Every fault; besides, as much as there is room for, the beginning and the end of it."""
    if len(lines) <= LINES_MAX:
        return list(lines)
    names = _named_in(breaches)
    about = [line for line in lines if _FAULT.match(line) or not names or any(one in line for one in names)]
    faults = sum(1 for line in about if _FAULT.match(line))
    return list(_without_middle(about, max(0, LINES_MAX - faults) // 2))


def _named_in(breaches: Sequence[str]) -> frozenset[str]:
    found = {name for breach in breaches for name in _NAMES.findall(breach)}
    return frozenset(found | {phone_of(name) for name in found if _DOCTOR.fullmatch(name)})


def _without_middle(lines: Sequence[str], room: int) -> Iterator[str]:
    """So many lines of each end, and of the middle the faults alone."""
    left_out = 0
    for place, line in enumerate(lines):
        if room <= place < len(lines) - room and not _FAULT.match(line):
            left_out += 1
            continue
        if left_out:
            yield f"              ... {left_out} lines"
            left_out = 0
        yield line
