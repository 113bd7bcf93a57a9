"""Verdicts written down as they fall: an hour's run that is ended is not lost, and survivors are tried alone.

What was noticed is not tried again, so that notes of yesterday's code may flatter today's: the score that
counts is of a run without them.
"""

import json
from pathlib import Path
from typing import Final

from tests.mutation.mutants import Mutant
from tests.mutation.reviewed import Key

SURVIVED, NOT_EXCHANGED, UNCOVERED = 0, 97, 96
OPEN: Final = (SURVIVED, NOT_EXCHANGED, UNCOVERED)
"""Exit codes of whoever tried a mutant that say nothing was noticed, or not yet."""


class Notes:
    """`path`: one verdict a line; None keeps none."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def noticed(self) -> set[Key]:
        if self._path is None or not self._path.exists():
            return set()
        rows = [json.loads(line) for line in self._path.read_text().splitlines()]
        verdicts: dict[Key, int] = {(*row["key"][:4], int(row["key"][4])): row["code"] for row in rows}
        return {key for key, code in verdicts.items() if code not in OPEN}

    def add(self, mutant: Mutant, code: int) -> None:
        if self._path is not None:
            with self._path.open("a") as file:
                file.write(json.dumps({"key": mutant.key, "code": code}, ensure_ascii=False) + "\n")
