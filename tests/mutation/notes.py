"""Verdicts written down as they fall: an hour's run that is ended is not lost, and survivors are tried alone.

What was noticed is not tried again. Where that was in other code than today's the notes may flatter: the
score that counts is of notes of one tree, or of a run without.
"""

import json
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from tests.mutation.forks import TOO_MUCH_WORK
from tests.mutation.mutants import ROOT, Mutant
from tests.mutation.reviewed import Key

SURVIVED, NOTICED, UNCOVERED, NOT_EXCHANGED = 0, 1, 96, 97
BY_A_TEST: Final = (NOTICED, TOO_MUCH_WORK)
"""Whatever else comes of a trial says nothing of the tests, and counts against them."""
FOLDERS: Final = ("functions", "shared", "infra", "tests")


class Notes:
    """`path`: one verdict a line; None keeps none."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        there = path is not None and path.exists()
        self._rows = [json.loads(line) for line in path.read_text().splitlines()] if path and there else []

    def noticed(self) -> set[Key]:
        verdicts = {_key_of(row): row["code"] for row in self._rows}
        return {key for key, code in verdicts.items() if code in BY_A_TEST}

    def of_other_code(self, keys: Iterable[Key]) -> int:
        """How many of these were noticed by other tests, or in other code, than today's only."""
        here = {_key_of(row) for row in self._rows if row.get("tree") == tree() and row["code"] in BY_A_TEST}
        return len(set(keys) - here)

    def add(self, mutant: Mutant, code: int) -> None:
        if self._path is not None:
            row = {"key": mutant.key, "code": code, "tree": tree()}
            with self._path.open("a") as file:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _key_of(row: dict[str, list[str | int]]) -> Key:
    file, scope, was, becomes, copy = row["key"]
    return str(file), str(scope), str(was), str(becomes), int(copy)


@cache
def tree() -> str:
    """Says which code and tests these are."""
    files = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
    return sha256(b"".join(str(path).encode() + path.read_bytes() for path in files)).hexdigest()[:16]
