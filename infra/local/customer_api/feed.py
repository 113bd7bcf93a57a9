"""The changes of each collection in order, read by cursor; tests bump rows to see them come again."""

import base64
import binascii
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from infra.local.customer_api.problem import Problem
from infra.local.customer_api.world import World
from shared.contracts.customer import CHANGES_LIMIT_MAX
from shared.contracts.customer_rows import ClinicRow, Collection

LIMIT_DEFAULT: Final = 200
ROWS_MAX: Final = 20_000


@dataclass(frozen=True)
class Entry:
    """A row at its latest version; `place` is that of its latest change among all of the collection."""

    id: str
    version: int
    place: int
    deleted: bool
    data: Mapping[str, Any]

    def told(self) -> dict[str, Any]:
        told = {"id": self.id, "version": self.version, "deleted": self.deleted}
        return told if self.deleted else {**told, "data": self.data}


class Feed:
    """Safe for threads."""

    def __init__(self, world: World) -> None:
        self._lock = threading.Lock()
        self._entries = {
            collection: {
                row.id: Entry(row.id, 1, place, False, row.data) for place, row in enumerate(rows, 1)
            }
            for collection, rows in world.items()
        }
        self._latest = {collection: len(rows) for collection, rows in world.items()}

    def page(self, collection: Collection, cursor: str, limit: int) -> dict[str, Any]:
        """The rows that changed after the cursor, oldest change first; each id at its latest version only."""
        after = _place_in(cursor, collection)
        with self._lock:
            if after > self._latest[collection]:
                raise Problem("cursor_expired")
            later = [entry for entry in self._entries[collection].values() if entry.place > after]
        later.sort(key=lambda entry: entry.place)
        page = later[: max(1, min(limit, CHANGES_LIMIT_MAX))]
        return {
            "items": [entry.told() for entry in page],
            "next_cursor": _cursor_at(page[-1].place if page else after, collection),
            "more": len(later) > len(page),
        }

    def clinic(self, clinic_id: str) -> ClinicRow:
        with self._lock:
            entry = self._entries[Collection.CLINICS].get(clinic_id)
        if entry is None or entry.deleted:
            raise Problem("unknown_clinic")
        return ClinicRow.model_validate({**entry.data, "id": entry.id, "version": entry.version})

    def put(self, collection: Collection, row_id: str, fields: Mapping[str, Any]) -> Entry:
        """Changes some fields of a row, or makes a new one; empty fields only bump its version."""
        return self._bump(collection, row_id, fields, deleted=False)

    def delete(self, collection: Collection, row_id: str) -> Entry:
        return self._bump(collection, row_id, {}, deleted=True)

    def _bump(
        self, collection: Collection, row_id: str, fields: Mapping[str, Any], *, deleted: bool
    ) -> Entry:
        with self._lock:
            entries = self._entries[collection]
            if len(entries) >= ROWS_MAX and row_id not in entries:
                raise Problem("too_many")
            place = self._latest[collection] = self._latest[collection] + 1
            old = entries.get(row_id, Entry(row_id, 0, 0, False, {}))
            new = replace(
                old, version=old.version + 1, place=place, deleted=deleted, data={**old.data, **fields}
            )
            entries[row_id] = new
        return new


def _cursor_at(place: int, collection: Collection) -> str:
    """Opaque on purpose: whoever looks inside may not rely on it."""
    return base64.urlsafe_b64encode(json.dumps([collection, place]).encode()).decode()


def _place_in(cursor: str, collection: Collection) -> int:
    if not cursor:
        return 0
    try:
        told, place = json.loads(base64.urlsafe_b64decode(cursor))
    except (ValueError, TypeError, binascii.Error):
        raise Problem("bad_cursor") from None
    if told != collection or not isinstance(place, int) or place < 0:
        raise Problem("bad_cursor")
    return place
