"""The customer's systems in memory, and invented rows as they would send them."""

import copy
from dataclasses import dataclass, field
from typing import Any

import pytest

from shared.contracts.customer import ChangesPage, parse_rows
from shared.contracts.customer_rows import Collection
from shared.kernel.ports import Query
from tests.world import World

WARSAW = {"lat": 52.2297, "lon": 21.0122}
WEEK = [{"weekday": day, "opens": "08:00", "closes": "18:00"} for day in range(5)]


@dataclass
class MemoryCustomer:
    """Changes in the order they happened; each row comes once, at its latest version.

    While `out` is set, it is raised instead of an answer. `asked` counts the pages that were read.
    """

    changes_of: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    out: Exception | None = None
    asked: int = 0
    _places: int = 0

    def send(self, collection: Collection, row_id: str, data: dict[str, Any]) -> None:
        """A new or changed row; its version rises."""
        self._put(collection, row_id, False, data)

    def delete(self, collection: Collection, row_id: str) -> None:
        self._put(collection, row_id, True, {})

    def changes(self, collection: str, cursor: str, limit: int) -> ChangesPage:
        self.asked += 1
        if self.out is not None:
            raise self.out
        after = int(cursor or 0)
        rows = self.changes_of.get(collection, {}).values()
        later = sorted((one for one in rows if one["place"] > after), key=lambda one: one["place"])
        page = copy.deepcopy(later[:limit])
        parsed = parse_rows(Collection(collection), page)
        end = str(page[-1]["place"] if page else after)
        return ChangesPage(
            rows=parsed.rows, set_aside=parsed.set_aside, next_cursor=end, more=len(later) > len(page)
        )

    def _put(self, collection: Collection, row_id: str, deleted: bool, data: dict[str, Any]) -> None:
        rows = self.changes_of.setdefault(collection, {})
        self._places += 1
        rows[row_id] = {
            "id": row_id,
            "version": rows[row_id]["version"] + 1 if row_id in rows else 1,
            "place": self._places,
            "deleted": deleted,
            "data": data,
        }


@pytest.fixture
def customer(world: World) -> MemoryCustomer:
    made = MemoryCustomer()
    world.wiring.__dict__["customer"] = made
    return made


def clinic_row(**other: Any) -> dict[str, Any]:
    return {
        "name": "Przychodnia Pod Lipą",
        "address": {"street": "ul. Lipowa 3", "postcode": "00-316", "city": "Warszawa"},
        "position": WARSAW,
        "specializations": ["cardiology", "pediatrics"],
        "opening_hours": WEEK,
        "time_zone": "Europe/Warsaw",
        "home_visit_radius_km": None,
        "integration": "none",
        "phone": "+48221234567",
        "plans": ["basic"],
    } | other


def doctor_row(*numbers: str, **other: Any) -> dict[str, Any]:
    return {
        "given_name": "Anna",
        "family_name": "Zielińska",
        "clinic_ids": ["c-1"],
        "specializations": ["cardiology"],
        "phones": [{"number": one, "verified_on": "2026-10-01"} for one in numbers or ("+48512000001",)],
        "languages": ["pl", "uk"],
        "license_number": "1234567",
        "license_until": "2030-12-31",
        "home_position": WARSAW,
    } | other


def stamps(world: World, collection: str) -> dict[str, Any]:
    """Which version of each document lies in the store: equal stamps mean that nothing was written."""
    found = world.wiring.documents.query(Query(collection, order=(("id", "asc"),), limit=1000))
    return {one.path: one.stamp for one in found}
