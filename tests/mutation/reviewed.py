"""Mutants that no test need notice: each was looked at by a person, and the reason is in reviewed.json."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.mutation.mutants import Mutant

FILE: Final = Path(__file__).with_name("reviewed.json")
Key = tuple[str, str, str, str, int]


def reviewed() -> Mapping[Key, str]:
    """Reason by key. Raises KeyError where an entry says no reason."""
    rows = json.loads(FILE.read_text())
    return {
        (row["file"], row["in"], row["was"], row["becomes"], row.get("copy", 0)): row["why"] for row in rows
    }


def stale(known: Mapping[Key, str], mutants: Sequence[Mutant]) -> list[Key]:
    """Entries of the files at hand whose line has changed: the reason may no longer hold."""
    there = {one.key for one in mutants}
    files = {one.file for one in mutants}
    return [key for key in known if key[0] in files and key not in there]


def as_row(mutant: Mutant) -> str:
    """To be pasted into the file, with the reason filled in."""
    file, scope, was, becomes, copy = mutant.key
    row: dict[str, object] = {"file": file, "in": scope, "was": was, "becomes": becomes}
    return json.dumps(row | ({"copy": copy} if copy else {}) | {"why": ""}, ensure_ascii=False)
