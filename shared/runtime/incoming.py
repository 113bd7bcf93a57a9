"""A request as it came in, free of any web framework."""

import json
from dataclasses import dataclass
from typing import Any, Protocol

from shared.kernel.errors import Invalid


class Headers(Protocol):
    def get(self, name: str, otherwise: str, /) -> str: ...


@dataclass(frozen=True)
class Incoming:
    method: str
    path: str
    query: str
    headers: Headers
    body: bytes

    def header(self, name: str) -> str:
        return self.headers.get(name, "")

    def json(self) -> dict[str, Any]:
        try:
            found = json.loads(self.body or b"{}")
        except (ValueError, RecursionError):
            raise Invalid("The body is not JSON.") from None
        if not isinstance(found, dict):
            raise Invalid("The body must be a JSON object.")
        return found
