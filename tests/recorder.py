"""Remembers every query that the tests send, to ask at the end whether production has an index for it.

What they write is looked at for personal data as well.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from infra.rendering.indexes import Index, indexes_for, merged
from shared.kernel.ports import Documents, Query, Snapshot, Write
from tests import leaks

FILE = Path(__file__).parents[1] / "infra/generated/firestore.indexes.json"
UPDATE = "VISITA_UPDATE_INDEXES"

needed: list[Index] = []


class RecordingDocuments:
    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def read(self, paths: Sequence[str]) -> dict[str, Snapshot | None]:
        return self._documents.read(paths)

    def commit(self, writes: Sequence[Write]) -> list[Any]:
        leaks.written(writes)
        return self._documents.commit(writes)

    def query(self, query: Query) -> list[Snapshot]:
        needed.extend(index for index in indexes_for(query) if index not in needed)
        return self._documents.query(query)

    def count(self, query: Query) -> int:
        needed.extend(index for index in indexes_for(query) if index not in needed)
        return self._documents.count(query)


def missing() -> list[Index]:
    """Indexes that a query needed and the file lacks; with VISITA_UPDATE_INDEXES=1 they are added to it."""
    known: list[Index] = json.loads(FILE.read_text())["indexes"] if FILE.exists() else []
    lacking = [one for one in needed if one not in known]
    if lacking and os.environ.get(UPDATE):
        FILE.write_text(json.dumps(merged([*known, *lacking]), indent=2) + "\n")
        return []
    return lacking
