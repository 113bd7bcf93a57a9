"""The door: an HTTP request becomes a call of one action, and its result an HTTP answer.

Flask is met here and nowhere else; everything behind works on `Incoming` and `Answer`.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import ValidationError

from shared.kernel.actors import Actor
from shared.kernel.errors import Busy, FieldError, Invalid, NotAdmitted, Refusal
from shared.kernel.records import Value
from shared.runtime import auth, call, catalog, dead_letters, letters, log, problem, webhooks, wiring
from shared.runtime.action import Declaration
from shared.runtime.problem import Answer

if TYPE_CHECKING:
    import flask

BODY_MAX = 1024 * 1024
KEY = re.compile(r"[A-Za-z0-9_-]{8,100}")
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000",
}


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


class IdempotencyKeyMissing(Invalid):
    """Send an Idempotency-Key header: 8 to 100 letters, digits, - or _; a new one for each new request."""

    status = 400


def function(entry_point: str) -> Callable[[flask.Request], Any]:
    """The plain function that functions-framework serves. Raises LookupError for an unknown name."""
    action = catalog.find(entry_point)

    def handle(request: flask.Request) -> tuple[bytes, int, dict[str, str]]:
        incoming = Incoming(
            request.method,
            request.path,
            request.query_string.decode("latin-1"),
            request.headers,
            request.get_data(cache=False),
        )
        answer = answer_to(action, incoming, wiring.current())
        return answer.body, answer.status, {**HEADERS, **answer.headers}

    handle.__name__ = entry_point  # the framework knows functions by this name
    return handle


def answer_to(action: Declaration, incoming: Incoming, wired: wiring.Wiring) -> Answer:
    """One request, whatever happens to it."""
    trace = _trace(incoming)
    log.trace.set(trace)
    log.function.set(action.entry_point)
    try:
        if len(incoming.body) > BODY_MAX:
            raise Invalid("The body is larger than 1 MB.")
        actor = auth.admit(action, incoming, wired)
        understood = _understand(action, incoming, wired, actor, trace)
        response = call.run(understood, wired)
        log.event("done", action=action.entry_point)
        return _success(action, response)
    except Refusal as refusal:
        log.event("refused", action=action.entry_point, code=refusal.code())
        return _refused(action, refusal, trace)
    except Exception as error:
        # What nobody foresaw: said once, loudly, and answered so that queues try again.
        log.crash("crashed", error)
        if dead_letters.bury(action, incoming, wired, type(error).__name__):
            return Answer(200, b"{}", {"Content-Type": "application/json"})
        return problem.of_crash(trace)


def _refused(action: Declaration, refusal: Refusal, trace: str) -> Answer:
    """Apps read problems; a queue would only bring the same refusal again, unless it is about us."""
    decided = not isinstance(refusal, (NotAdmitted, Busy)) and refusal.status != 403
    if (
        action.trigger.kind in ("task", "topic", "schedule")
        and decided
        and not isinstance(refusal, NotUnderstood)
    ):
        return Answer(200, b"{}", {"Content-Type": "application/json"})
    return problem.of_refusal(refusal, trace)


def _success(action: Declaration, response: Value) -> Answer:
    if action.trigger.verify == "twilio":
        return Answer(200, b"<Response/>", {"Content-Type": "text/xml"})
    headers = {"Content-Type": "application/json"}
    version = getattr(response, "version", None)
    if isinstance(version, int):
        headers["ETag"] = f'"{version}"'
    return Answer(200, response.model_dump_json().encode(), headers)


class NotUnderstood(Invalid):
    """The message does not fit this action: a newer deployment may understand it."""


def _understand(
    action: Declaration, incoming: Incoming, wired: wiring.Wiring, actor: Actor, trace: str
) -> call.Call:
    match action.trigger.kind:
        case "http":
            request = _parse(action, _app_fields(action, incoming))
            return call.Call(action, request, actor, trace, _key(action, incoming), _if_match(incoming))
        case "webhook":
            return call.Call(action, _parse(action, webhooks.fields(action, incoming, wired)), actor, trace)
        case "schedule" | "public":
            return call.Call(action, action.request(), actor, trace)
        case kind:
            return _message(action, incoming, actor, pushed=kind == "topic")


def _message(action: Declaration, incoming: Incoming, actor: Actor, *, pushed: bool) -> call.Call:
    """A message from a queue acts for the tenant and carries the trace of who sent it."""
    try:
        body = (
            base64.b64decode(incoming.json()["message"]["data"], validate=True) if pushed else incoming.body
        )
        envelope = letters.unpack(body)
        request = action.request.model_validate_json(envelope.message)
    except (ValidationError, KeyError, TypeError, binascii.Error):
        raise NotUnderstood from None
    log.trace.set(envelope.trace)
    sender = actor.but(tenant_id=envelope.tenant_id)
    return call.Call(action, request, sender, envelope.trace, envelope.id if pushed else "")


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
    from urllib.parse import parse_qs

    given = parse_qs(query, keep_blank_values=True, max_num_fields=50)
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
    if not text.isdecimal():
        raise Invalid("If-Match must be the ETag of the record as you read it.")
    return int(text)


@cache
def _pattern(path: str) -> re.Pattern[str]:
    """`/v1/visits/{visit_id}:cancel` as a pattern with named fields."""
    parts = re.split(r"\{(\w+)\}", path)
    fixed = [re.escape(part) if index % 2 == 0 else f"(?P<{part}>[^/:]+)" for index, part in enumerate(parts)]
    return re.compile("".join(fixed))


def _trace(incoming: Incoming) -> str:
    parent = incoming.header("traceparent").split("-")
    if len(parent) >= 2 and re.fullmatch(r"[0-9a-f]{32}", parent[1]):
        return parent[1]
    cloud = incoming.header("X-Cloud-Trace-Context").split("/")[0]
    return cloud if re.fullmatch(r"[0-9a-f]{32}", cloud) else secrets.token_hex(16)
