"""Turns an OpenAPI document into what the page shows: modules, their operations, examples, curl."""

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from infra.local.api_page.schemas import Row, Schema, Schemas

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Body:
    rows: list[Row]
    example: str
    """Pretty JSON; empty when there is none."""


@dataclass(frozen=True)
class Answer:
    status: str
    about: str
    body: Body | None


@dataclass(frozen=True)
class Operation:
    id: str
    module: str
    method: str
    path: str
    summary: str
    description: str
    parameters: list[Row]
    body: Body | None
    answers: list[Answer]
    curl: str


def operations(document: Schema, base_url: str) -> dict[str, list[Operation]]:
    """By module, both in order of their names and paths."""
    found: dict[str, list[Operation]] = {}
    for path, item in sorted(document.get("paths", {}).items()):
        for method in METHODS:
            if method in item:
                operation = _Reader(document, base_url, path, method, item).operation()
                found.setdefault(operation.module, []).append(operation)
    return dict(sorted(found.items()))


@dataclass(frozen=True)
class _Reader:
    document: Schema
    base_url: str
    path: str
    method: str
    item: Schema

    def operation(self) -> Operation:
        told = self.told
        name = str(told.get("operationId", f"{self.method} {self.path}"))
        module = (told.get("tags") or [name.partition("__")[0]])[0]
        return Operation(
            id=name,
            module=str(module),
            method=self.method.upper(),
            path=self.path,
            summary=str(told.get("summary", "")),
            description=str(told.get("description", "")),
            parameters=[self._row(parameter) for parameter in self.parameters],
            body=self._body(told.get("requestBody", {})),
            answers=[self._answer(status, answer) for status, answer in told.get("responses", {}).items()],
            curl=self._curl(),
        )

    @property
    def told(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.item[self.method]
        return found

    @property
    def schemas(self) -> Schemas:
        return Schemas(self.document)

    @property
    def parameters(self) -> list[Schema]:
        return [
            self._component(one)
            for one in (*self.item.get("parameters", ()), *self.told.get("parameters", ()))
        ]

    def _component(self, schema: Schema) -> Schema:
        """References outside components/schemas: parameters and responses."""
        if "$ref" not in schema:
            return schema
        _, _, kind, name = str(schema["$ref"]).split("/")
        found: Schema = self.document["components"][kind][name]
        return found

    def _row(self, parameter: Schema) -> Row:
        kind = self.schemas.kind(parameter.get("schema", {}))
        is_required = bool(parameter.get("required"))
        about = f"{parameter.get('description', '')} (in {parameter['in']})".strip()
        return Row(str(parameter["name"]), kind, is_required, about)

    def _body(self, content_owner: Schema) -> Body | None:
        content = content_owner.get("content", {})
        if not content:
            return None
        media = next(iter(content.values()))
        schema = media.get("schema", {})
        return Body(self.schemas.rows(schema), _pretty(self._example(media)))

    def _example(self, media: Schema) -> Any:
        if "example" in media:
            return media["example"]
        named = list(media.get("examples", {}).values())
        return named[0].get("value") if named else self.schemas.example(media.get("schema", {}))

    def _answer(self, status: str, answer: Schema) -> Answer:
        whole = self._component(answer)
        return Answer(status, str(whole.get("description", "")), self._body(whole))

    def _curl(self) -> str:
        """Ready to paste, once TOKEN is set as the page's head says."""
        query = {
            str(one["name"]): self.schemas.example(one.get("schema", {}))
            for one in self.parameters
            if one["in"] == "query" and one.get("required")
        }
        path = self.path
        for one in self.parameters:
            if one["in"] == "path":
                path = path.replace(f"{{{one['name']}}}", str(one.get("example", f"<{one['name']}>")))
        url = self.base_url + path + (f"?{urlencode(query)}" if query else "")
        lines = [f"curl -X {self.method.upper()} {shlex.quote(url)}", '-H "Authorization: Bearer $TOKEN"']
        wanted = [one for one in self.parameters if one["in"] == "header" and one.get("required")]
        lines += [f'-H "{one["name"]}: $(uuidgen)"' for one in wanted if one["name"] == "Idempotency-Key"]
        body = self.told.get("requestBody", {}).get("content", {})
        if body:
            media = next(iter(body.values()))
            lines += [
                "-H 'Content-Type: application/json'",
                f"-d {shlex.quote(_pretty(self._example(media)))}",
            ]
        return " \\\n  ".join(lines)


def _pretty(example: Any) -> str:
    return json.dumps(example, indent=2, ensure_ascii=False)
