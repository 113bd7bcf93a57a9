"""Which composite indexes a query needs. The emulator answers without them; production does not."""

from dataclasses import replace
from typing import Any

from shared.kernel.ports import Query

Index = dict[str, Any]


def indexes_for(query: Query) -> list[Index]:
    """Filters that may be combined freely get one index each, not one for every combination: Firestore
    joins indexes that end in the same order where all they are asked for is equality."""
    free = [one for one in query.where if one[1] == "==" and one[0] != "tenant_id"]
    fixed = tuple(one for one in query.where if one not in free)
    each = [replace(query, where=(*fixed, one)) for one in free] if len(free) > 1 else [query]
    return [index for one in each if (index := index_for(one)) is not None]


def index_for(query: Query) -> Index | None:
    """The index of a query; None where the single-field indexes that Firestore keeps by itself are enough."""
    fields: list[dict[str, str]] = []
    for name, op, _ in query.where:
        if op in ("array_contains", "array_contains_any"):
            fields.append({"fieldPath": name, "arrayConfig": "CONTAINS"})
        elif op in ("==", "in"):
            fields.append({"fieldPath": name, "order": "ASCENDING"})
    fields = sorted(fields, key=lambda one: one["fieldPath"])
    named = {one["fieldPath"] for one in fields}
    for name, direction in query.order:
        if name not in named:
            fields.append({"fieldPath": name, "order": "ASCENDING" if direction == "asc" else "DESCENDING"})
    if len(fields) < 2:
        return None
    return {"collectionGroup": query.collection, "queryScope": "COLLECTION", "fields": fields}


def merged(indexes: list[Index]) -> dict[str, Any]:
    """The file as `gcloud` and Terraform take it: each index once, sorted."""
    by_text = {repr(one): one for one in indexes}
    ordered = sorted(by_text.values(), key=lambda one: (one["collectionGroup"], repr(one["fields"])))
    return {"indexes": ordered, "fieldOverrides": OVERRIDES}


OVERRIDES: list[Index] = [
    # The broom: Firestore deletes these some time after `expires_at`; no decision depends on when.
    {"collectionGroup": kind, "fieldPath": "expires_at", "ttl": True, "indexes": []}
    for kind in ("clinic_events", "dead_letters", "markers", "outbox")
]
