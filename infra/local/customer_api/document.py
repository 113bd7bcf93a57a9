"""Writes docs/customer-api/openapi.json, the port that the customer's systems are to keep.

    python -m infra.local.customer_api.document

The schemas of the rows are those that we check with; what surrounds them is in paths.py and shapes.py.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from infra.local.customer_api.paths import PATHS, SECURITY, WEBHOOKS
from infra.local.customer_api.problem import STATUSES
from infra.local.customer_api.shapes import ANSWERS, PROBLEM
from shared.contracts.clinic_booking import ClinicEvent
from shared.contracts.customer_rows import ROWS, Collection

FILE: Final = Path(__file__).parents[3] / "docs" / "customer-api" / "openapi.json"
REF: Final = "#/components/schemas/{model}"
WRAPPING: Final = ("id", "version")
DESCRIPTION: Final = """\
What Visita asks of the systems of its customer: rows to read, and clinics to book in.

**Changes.** Each collection is a feed. Ask without a cursor for everything, oldest change first; keep
`next_cursor` and ask with it for what changed since. A row comes at its latest version, once a page; a
deleted row comes as its id with `deleted: true`. Cursors are opaque; an expired one is answered 410 and
we begin again. Unknown fields are ignored; a row that breaks its schema is set aside, the others are taken.

**Bookings.** Every POST carries our `Idempotency-Key`: the same key with the same body has the effect and
the answer of the first one; with another body it is refused. `GET .../bookings/{key}` tells what became of
a key whose answer we never got: without it a clinic cannot be integrated. Cancelling seals the key even if
nothing was booked under it, so that a request still on its way can do no harm any more.

**Webhooks.** A clinic that cancels, moves or misses a booking tells us, signed with the agreed secret:
`Visita-Signature: t=<unix seconds>,v1=<hex>`, HMAC-SHA256 over `<t>.<body>`. We refuse what is more than
five minutes old. Anything but a 2xx is to be sent again, with the same `event_id`, for at least a day.
"""


@cache
def document() -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {"title": "The customer's systems", "version": "1.0.0", "description": DESCRIPTION},
        "servers": [{"url": "http://127.0.0.1:28411", "description": "the local twin"}],
        "security": [{"key": []}],
        "paths": PATHS,
        "webhooks": WEBHOOKS,
        "components": {"securitySchemes": SECURITY, "schemas": _schemas()},
    }


def _schemas() -> dict[str, Any]:
    models: list[type[BaseModel]] = [*ROWS.values(), ClinicEvent]
    _, told = models_json_schema([(model, "validation") for model in models], ref_template=REF)
    schemas: dict[str, Any] = dict(told["$defs"])
    for collection, model in ROWS.items():
        schemas[model.__name__] = _without_wrapping(schemas[model.__name__])
        schemas[_page_name(collection)] = _page(model.__name__)
    codes = {"type": "string", "enum": sorted(STATUSES)}
    problem = {**PROBLEM, "properties": {**PROBLEM["properties"], "code": codes}}
    return dict(sorted({**schemas, **ANSWERS, "Problem": problem}.items()))


def _without_wrapping(row: dict[str, Any]) -> dict[str, Any]:
    """Id and version stand beside the row's data, not in it."""
    properties = {name: one for name, one in row["properties"].items() if name not in WRAPPING}
    return {**row, "properties": properties, "required": [n for n in row["required"] if n not in WRAPPING]}


def _page_name(collection: Collection) -> str:
    return f"{collection.value.capitalize()}Page"


def _page(row: str) -> dict[str, Any]:
    item = {
        "type": "object",
        "required": ["id", "version", "deleted"],
        "properties": {
            "id": {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$"},
            "version": {"type": "integer", "minimum": 1, "description": "grows with every change of the row"},
            "deleted": {"type": "boolean"},
            "data": {"$ref": REF.format(model=row), "description": "absent when deleted"},
        },
    }
    return {
        "type": "object",
        "required": ["items", "next_cursor", "more"],
        "properties": {
            "items": {"type": "array", "maxItems": 500, "items": item},
            "next_cursor": {"type": "string", "maxLength": 500},
            "more": {"type": "boolean", "description": "whether there is another page now"},
        },
    }


def text() -> str:
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(text())
