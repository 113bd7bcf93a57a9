"""The API as OpenAPI 3.1: every action an app or a provider may call, with examples and its refusals."""

import re
from typing import Any

from pydantic.json_schema import models_json_schema

from infra.rendering.examples import example
from shared.runtime import catalog
from shared.runtime.action import Declaration
from shared.runtime.html import Html

REFERENCE = "#/components/schemas/{model}"
PROBLEMS = {
    "401": "Sign in first.",
    "403": "Not open to this role.",
    "404": "Missing, or not yours to see.",
    "409": "The record has moved on.",
    "412": "The record has changed since you read it.",
    "422": "Some fields were not understood.",
    "429": "Too many requests.",
    "503": "Busy: try again.",
}


def openapi() -> dict[str, Any]:
    actions = [one for one in catalog.all_actions() if one.trigger.kind in ("http", "webhook", "public")]
    models = [(one.request, "validation") for one in actions] + [
        (one.response, "serialization") for one in actions
    ]
    names, defined = models_json_schema(models, ref_template=REFERENCE)  # type: ignore[arg-type]  # literal modes
    paths: dict[str, dict[str, Any]] = {}
    for one in actions:
        paths.setdefault(one.path, {})[one.trigger.method.lower()] = _operation(one, names, defined["$defs"])
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Visita",
            "version": "1",
            "description": "House visits by phone and text. Times are UTC, dates are local dates.",
        },
        "servers": [{"url": "/"}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted({**defined["$defs"], "Problem": _PROBLEM}.items())),
            "securitySchemes": {
                "user": {"type": "http", "scheme": "bearer", "bearerFormat": "Firebase ID token"},
                "twilio": {"type": "apiKey", "in": "header", "name": "X-Twilio-Signature"},
                "clinic": {"type": "apiKey", "in": "header", "name": "Visita-Signature"},
                "bridge": {"type": "apiKey", "in": "header", "name": "Visita-Signature"},
            },
        },
    }


def _operation(action: Declaration, names: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    request = names[(action.request, "validation")]
    schema = schemas[request["$ref"].rsplit("/", 1)[-1]]
    in_path = re.findall(r"\{(\w+)\}", action.path)
    operation: dict[str, Any] = {
        "operationId": action.entry_point,
        "tags": [action.module],
        "summary": action.summary,
        "description": _who(action),
        "security": _security(action),
        "parameters": [_in_path(name) for name in in_path],
        "responses": _responses(action, names, schemas),
    }
    if action.trigger.method == "GET":
        operation["parameters"] += _in_query(schema, in_path)
    elif action.trigger.verify == "identity":
        operation["requestBody"] = _BLOCKING_EVENT
    elif action.trigger.verify == "twilio":
        form = _form(action, schema)
        operation["parameters"] += _in_query(schema, list(form["properties"]))
        operation["requestBody"] = _body(action, form, in_path, schemas)
    else:
        operation["requestBody"] = _body(action, schema, in_path, schemas)
        if not action.reads_only and action.trigger.kind == "http":
            operation["parameters"] += _HEADERS
    return operation


def _security(action: Declaration) -> list[dict[str, list[str]]]:
    match action.trigger.kind:
        case "webhook" if action.trigger.verify != "identity":  # its proof is its body
            return [{action.trigger.verify: []}]
        case "http":
            return [{"user": []}]
    return []


def _who(action: Declaration) -> str:
    if action.trigger.kind == "webhook":
        return f"Called by the provider, with its signature ({action.trigger.verify})."
    if action.trigger.kind == "public":
        everybody = action.trigger.method == "GET"
        return "Open to everybody." if everybody else "For whoever holds the personal link."
    roles = ", ".join(sorted(action.roles))
    recent = " Only within ten minutes of signing in." if action.recent_sign_in else ""
    return f"For: {roles}. Scope: {action.scope}.{recent}"


def _in_path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": _ID}


def _in_query(schema: dict[str, Any], in_path: list[str]) -> list[dict[str, Any]]:
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": one}
        for name, one in schema.get("properties", {}).items()
        if name not in in_path
    ]


def _form(action: Declaration, schema: dict[str, Any]) -> dict[str, Any]:
    """What Twilio says, in its own names and among much else. Our own names stand in the URL we gave it."""
    said = {one.alias for one in action.request.model_fields.values() if one.alias}
    fields = {name: one for name, one in schema["properties"].items() if name in said}
    required = [name for name in schema.get("required", []) if name in said]
    return {
        **schema,
        "properties": {"AccountSid": _ACCOUNT, **fields},
        "required": ["AccountSid", *required],
        "additionalProperties": True,
    }


def _body(
    action: Declaration, schema: dict[str, Any], in_path: list[str], schemas: dict[str, Any]
) -> dict[str, Any]:
    left = {name: one for name, one in schema.get("properties", {}).items() if name not in in_path}
    inline = {
        **{name: one for name, one in schema.items() if name not in ("properties", "required")},
        "properties": left,
        "required": [name for name in schema.get("required", []) if name not in in_path],
    }
    kind = "application/x-www-form-urlencoded" if action.trigger.verify == "twilio" else "application/json"
    return {
        "required": bool(inline["required"]),
        "content": {kind: {"schema": inline, "example": example(inline, schemas)}},
    }


def _responses(action: Declaration, names: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    if action.trigger.verify == "twilio":
        good: dict[str, Any] = {"text/xml": {"schema": {"type": "string"}}}
    elif action.response is Html:
        good = {"text/html": {"schema": {"type": "string"}, "example": "<!doctype html>"}}
    else:
        shape = names[(action.response, "serialization")]
        good = {"application/json": {"schema": shape, "example": example(shape, schemas)}}
    answers: dict[str, Any] = {"200": {"description": "Done.", "content": good}}
    if action.trigger.kind == "http" and not action.reads_only:
        answers["400"] = _problem("The Idempotency-Key is missing.")
    answers |= {status: _problem(text) for status, text in PROBLEMS.items()}
    return dict(sorted(answers.items()))


def _problem(text: str) -> dict[str, Any]:
    return {
        "description": text,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


_ID = {"type": "string", "pattern": r"^[^/:\s]+$", "minLength": 1, "maxLength": 200}
_ACCOUNT = {"type": "string", "pattern": "^AC[0-9a-f]{32}$", "description": "Ours, or it is refused."}
_HEADERS = [
    {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": "A new one for each new request; the same one repeats a request safely.",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{8,100}$"},
    },
    {
        "name": "If-Match",
        "in": "header",
        "required": False,
        "description": "The ETag of the record as you read it; 412 when it has changed since.",
        "schema": {"type": "string"},
    },
]

_BLOCKING_EVENT = {
    "required": True,
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "description": "Identity Platform's own; the token is signed for exactly this URL.",
                "required": ["data"],
                "properties": {
                    "data": {
                        "type": "object",
                        "required": ["jwt"],
                        "properties": {"jwt": {"type": "string", "maxLength": 50000}},
                    }
                },
            },
            "example": {"data": {"jwt": "header.claims.signature"}},
        }
    },
}
_PROBLEM = {
    "type": "object",
    "description": "RFC 9457.",
    "required": ["type", "title", "status", "code", "trace_id"],
    "properties": {
        "type": {"type": "string", "examples": ["/problems/already-taken"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "trace_id": {"type": "string"},
        "see": {"type": "string", "description": "The id of a record to look at instead."},
        "error": {"type": "object", "description": "What Identity Platform shows to who signs in."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
