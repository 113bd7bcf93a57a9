"""Verdicts written down as they fall, and by which test: an hour's run that is ended is not lost.

What was noticed in this very tree is not tried again. In any other it is, and the test that noticed it is
asked first: a second run, after new tests, takes a fraction of the first.
"""

import json
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
        rows = [json.loads(line) for line in path.read_text().splitlines()] if path and there else []
        self._here: dict[Key, int] = {_key_of(row): row["code"] for row in rows if row["tree"] == tree()}
        self._by: dict[Key, str] = {_key_of(row): row["by"] for row in rows if row.get("by")}

    def noticed(self) -> set[Key]:
        """In this tree."""
        return {key for key, code in self._here.items() if code in BY_A_TEST}

    def by(self, mutant: Mutant) -> str:
        """The test that noticed it when it was last tried, in whatever tree; or ""."""
        return self._by.get(mutant.key, "")

    def add(self, mutant: Mutant, code: int, by: str = "") -> None:
        if self._path is not None:
            row = {"key": mutant.key, "code": code, "by": by, "tree": tree()}
            with self._path.open("a") as file:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _key_of(row: dict[str, list[str | int]]) -> Key:
    file, scope, was, becomes, copy = row["key"]
    return str(file), str(scope), str(was), str(becomes), int(copy)


@cache
def tree() -> str:
    """Says which code and tests these are."""
    files = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
    names = (str(path.relative_to(ROOT)).encode() + path.read_bytes() for path in files)
    return sha256(b"".join(names)).hexdigest()[:16]
