"""From a request to a call: its fields, its key, its version, or what was not understood."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from pydantic import ValidationError

from shared.kernel.actors import Actor
from shared.kernel.effects import ForeignMessage
from shared.kernel.errors import FieldError, Invalid
from shared.kernel.records import Value
from shared.runtime import call, letters, log, problem, spans, webhooks
from shared.runtime.action import Declaration
from shared.runtime.incoming import Incoming

if TYPE_CHECKING:
    from shared.runtime.wiring import Wiring

KEY = re.compile(r"[A-Za-z0-9_-]{8,100}")
QUERY_FIELDS_MAX = 50
VERSION_DIGITS_MAX = 9


class IdempotencyKeyMissing(Invalid):
    """Send an Idempotency-Key header: 8 to 100 letters, digits, - or _; a new one for each new request."""

    status = 400


class NotUnderstood(Invalid):
    """The message does not fit this action: a newer deployment may understand it."""


def understand(action: Declaration, incoming: Incoming, wired: Wiring, actor: Actor, trace: str) -> call.Call:
    match action.trigger.kind:
        case "http":
            request = _parse(action, _app_fields(action, incoming))
            return call.Call(action, request, actor, trace, _key(action, incoming), _if_match(incoming))
        case "webhook":
            said = _parse(action, webhooks.fields(action, incoming, wired))
            # A report of what we set going goes on where that began.
            spans.go_on(spans.read(getattr(said, "t", "")))
            return call.Call(action, said, webhooks.speaks_for(actor, said), log.trace.get())
        case "public" if action.request.model_fields:
            return call.Call(action, _parse(action, _app_fields(action, incoming)), actor, trace)
        case "schedule" | "public":
            return call.Call(action, action.request(), actor, trace)
        case kind:
            return _message(action, incoming, actor, trace, pushed=kind == "topic")


def _message(action: Declaration, incoming: Incoming, actor: Actor, trace: str, *, pushed: bool) -> call.Call:
    """A message from a queue acts for the tenant and carries the trace of who sent it.

    What a newer release says in it that we do not know is passed over, at any depth: it was written while
    this instance still answers, or before a rollback. Apps are read strictly, they can mend what they say.
    """
    if issubclass(action.request, ForeignMessage):
        return _foreign(action, action.request, incoming, actor, trace)
    try:
        body = (
            base64.b64decode(incoming.json()["message"]["data"], validate=True) if pushed else incoming.body
        )
        envelope = letters.unpack(body)
        request = action.request.model_validate_json(envelope.message, extra="ignore")
    except (ValidationError, KeyError, TypeError, binascii.Error):
        raise NotUnderstood from None
    spans.go_on(spans.Origin(envelope.trace, envelope.span))
    sender = actor.but(tenant_id=envelope.tenant_id)
    return call.Call(action, request, sender, envelope.trace, envelope.id if pushed else "")


def _foreign(
    action: Declaration, kind: type[ForeignMessage], incoming: Incoming, actor: Actor, trace: str
) -> call.Call:
    """Without our envelope: the state alone makes its second time harmless."""
    try:
        request = kind.model_validate_json(
            base64.b64decode(incoming.json()["message"]["data"], validate=True), extra="ignore"
        )
    except (ValidationError, KeyError, TypeError, binascii.Error):
        raise NotUnderstood from None
    return call.Call(action, request, actor.but(tenant_id=request.tenant_id or actor.tenant_id), trace)


def _app_fields(action: Declaration, incoming: Incoming) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if incoming.method == "GET":
        fields |= _query_fields(action, incoming.query)
    else:
        fields |= incoming.json()
    in_path = _pattern(action.path).fullmatch(incoming.path)
    named = in_path.groupdict() if in_path else {}
    twice = named.keys() & fields.keys()
    if twice:
        raise Invalid(
            "A field of the path is repeated.",
            errors=[FieldError(f"/{one}", "stands in the path") for one in twice],
        )
    return fields | named


def _query_fields(action: Declaration, query: str) -> dict[str, Any]:
    try:
        given = parse_qs(query, keep_blank_values=True, max_num_fields=QUERY_FIELDS_MAX)
    except ValueError:
        raise Invalid("The query has too many fields.") from None
    many = {name for name, field in action.request.model_fields.items() if "tuple" in str(field.annotation)}
    return {name: tuple(values) if name in many else values[-1] for name, values in given.items()}


def _parse(action: Declaration, fields: Mapping[str, Any]) -> Value:
    try:
        return action.request.model_validate(fields)
    except ValidationError as error:
        raise problem.invalid(error) from None


def _key(action: Declaration, incoming: Incoming) -> str:
    if action.reads_only:
        return ""
    key = incoming.header("Idempotency-Key").strip('"')
    if not KEY.fullmatch(key):
        raise IdempotencyKeyMissing
    return key


def _if_match(incoming: Incoming) -> int | None:
    text = incoming.header("If-Match").strip().strip('"')
    if not text or text == "*":
        return None
    if not text.isdecimal() or len(text) > VERSION_DIGITS_MAX:
        raise Invalid("If-Match must be the ETag of the record as you read it.")
    return int(text)


@cache
def _pattern(path: str) -> re.Pattern[str]:
    """`/v1/visits/{visit_id}:cancel` as a pattern with named fields."""
    parts = re.split(r"\{(\w+)\}", path)
    fixed = [re.escape(part) if index % 2 == 0 else f"(?P<{part}>[^/:]+)" for index, part in enumerate(parts)]
    return re.compile("".join(fixed))
