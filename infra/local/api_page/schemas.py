"""Reads JSON Schema for people: a row a field, and an example where the author gave none."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]

DEPTH_MAX = 6
"""How deep nested fields are shown; a schema may contain itself."""

_EXAMPLES: dict[str, Any] = {
    "date-time": "2026-11-23T18:00:00Z",
    "date": "2026-11-23",
    "time-local": "18:00:00",
    "uuid": "6f9619ff-8b86-d011-b42d-00cf4fc964ff",
    "email": "anna@example.com",
    "uri": "https://example.com",
    "duration": "PT10M",
    "string": "text",
    "integer": 1,
    "number": 1.5,
    "boolean": True,
    "null": None,
}

_LIMITS = {
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minimum": "from {}",
    "maximum": "to {}",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
    "pattern": "must match {}",
    "default": "{} if not said",
}


@dataclass(frozen=True)
class Row:
    """One field, as a line of a table; nested ones carry their whole path."""

    path: str
    kind: str
    is_required: bool
    about: str


class Schemas:
    """The named schemas of one document."""

    def __init__(self, document: Schema) -> None:
        self._named: Schema = document.get("components", {}).get("schemas", {})

    def rows(self, schema: Schema) -> list[Row]:
        return list(self._rows(schema, "", 0))

    def example(self, schema: Schema) -> Any:
        return self._example(schema, 0)

    def resolved(self, schema: Schema) -> Schema:
        """Follows a reference; what stands beside it wins."""
        name = str(schema.get("$ref", "")).rpartition("/")[2]
        if not name:
            return schema
        return {**self._named.get(name, {}), **{key: schema[key] for key in schema if key != "$ref"}}

    def _rows(self, schema: Schema, prefix: str, depth: int) -> Iterator[Row]:
        whole = self._object_in(schema)
        required = whole.get("required", ())
        for name, field in whole.get("properties", {}).items():
            path = f"{prefix}{name}"
            yield Row(path, self.kind(field), name in required, _about(self.resolved(field)))
            if depth < DEPTH_MAX:
                many = "[]" if self._is_list(field) else ""
                yield from self._rows(field, f"{path}{many}.", depth + 1)

    def kind(self, schema: Schema) -> str:
        """`list of Slot`, `text (date-time)`, `one of "yes", "no"`, `Visit or nothing`."""
        whole = self.resolved(schema)
        if choices := whole.get("anyOf") or whole.get("oneOf"):
            return " or ".join(dict.fromkeys(self.kind(choice) for choice in choices))
        if "const" in whole:
            return f'"{whole["const"]}"'
        if "enum" in whole:
            return "one of " + ", ".join(f'"{value}"' for value in whole["enum"])
        if whole.get("type") == "array":
            return f"list of {self.kind(whole.get('items', {}))}"
        if "$ref" in schema or (whole.get("type") == "object" and "title" in whole):
            return str(whole.get("title", schema.get("$ref", "").rpartition("/")[2]))
        words = {"string": "text", "null": "nothing", "boolean": "yes or no", "integer": "whole number"}
        kind = str(whole.get("type", "anything"))
        return words.get(kind, kind) + (f" ({whole['format']})" if "format" in whole else "")

    def _object_in(self, schema: Schema) -> Schema:
        """The object that a field is, holds in a list, or may be instead of nothing."""
        whole = self.resolved(schema)
        if whole.get("type") == "array":
            return self._object_in(whole.get("items", {}))
        for choice in whole.get("anyOf", ()):
            if found := self._object_in(choice):
                return found
        return whole if "properties" in whole else {}

    def _is_list(self, schema: Schema) -> bool:
        whole = self.resolved(schema)
        return whole.get("type") == "array" or any(self._is_list(one) for one in whole.get("anyOf", ()))

    def _example(self, schema: Schema, depth: int) -> Any:
        whole = self.resolved(schema)
        if whole.get("examples"):
            return whole["examples"][0]
        for given in ("example", "const", "default"):
            if whole.get(given) is not None:
                return whole[given]
        if whole.get("enum"):
            return whole["enum"][0]
        if choices := whole.get("anyOf") or whole.get("oneOf"):
            return self._example(choices[0], depth)
        if whole.get("type") == "array":
            return [] if depth >= DEPTH_MAX else [self._example(whole.get("items", {}), depth + 1)]
        if "properties" in whole:
            fields = whole["properties"] if depth < DEPTH_MAX else {}
            return {name: self._example(field, depth + 1) for name, field in fields.items()}
        return _EXAMPLES.get(whole.get("format", ""), _EXAMPLES.get(whole.get("type", ""), {}))


def _about(schema: Schema) -> str:
    told = [
        words.format(schema[name]) for name, words in _LIMITS.items() if schema.get(name) not in (None, "")
    ]
    limits = f"({', '.join(told)})" if told else ""
    return " ".join(filter(None, (str(schema.get("description", "")), limits)))


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
