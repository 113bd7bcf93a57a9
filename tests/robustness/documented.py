"""The operations of the API, as they are documented."""

import json
from typing import Any

import schemathesis
from schemathesis.core.result import Err, Result

from infra.local.gateway import OPENAPI
from tests.robustness.requests_made import Operation


def operations() -> list[Operation]:
    """All of them. Raises what schemathesis says of one that it cannot read."""
    schema = schemathesis.openapi.from_dict(json.loads(OPENAPI.read_text()))
    return [read(one) for one in schema.get_all_operations()]


def read(found: Result[Any, Any]) -> Operation:
    if isinstance(found, Err):
        raise found.err()
    return found.ok()


def name_of(operation: Operation) -> str:
    name: str = operation.definition.raw["operationId"]
    return name
