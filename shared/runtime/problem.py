"""Refusals as application/problem+json (RFC 9457): no personal data, no exception text."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from shared.kernel.errors import Busy, FieldError, Invalid, NotAdmitted, Refusal, TooMany

RETRY_AFTER_SECONDS = 2


@dataclass(frozen=True)
class Answer:
    """What goes back over HTTP."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def of_refusal(refusal: Refusal, trace: str, *, blocks_sign_in: bool = False) -> Answer:
    """`blocks_sign_in`: Identity Platform shows the person who signs in the message under `error`."""
    body: dict[str, object] = {
        "type": f"/problems/{refusal.code()}",
        "title": refusal.title(),
        "status": refusal.status,
        "code": refusal.code(),
        "detail": refusal.detail,
        "trace_id": trace,
    }
    if refusal.errors:
        body["errors"] = [{"pointer": one.pointer, "detail": one.detail} for one in refusal.errors]
    if blocks_sign_in:
        status = "UNAVAILABLE" if isinstance(refusal, Busy) else "PERMISSION_DENIED"
        body["error"] = {"status": status, "message": refusal.detail}
    if refusal.hint:
        body["see"] = refusal.hint
    headers = {"Content-Type": "application/problem+json"}
    if isinstance(refusal, (Busy, TooMany)):
        headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    if isinstance(refusal, NotAdmitted):
        headers["WWW-Authenticate"] = refusal.challenge
    return Answer(refusal.status, json.dumps(body, ensure_ascii=False).encode(), headers)


def of_crash(trace: str) -> Answer:
    body = {
        "type": "/problems/unexpected",
        "title": "Something went wrong on our side; it has been reported.",
        "status": 500,
        "code": "unexpected",
        "trace_id": trace,
    }
    return Answer(500, json.dumps(body).encode(), {"Content-Type": "application/problem+json"})


def invalid(error: ValidationError) -> Invalid:
    """Pydantic's findings without what the caller sent."""
    found = error.errors(include_input=False, include_url=False, include_context=False)
    return Invalid(
        "Some fields were not understood; see `errors`.",
        errors=[FieldError("/" + "/".join(str(step) for step in one["loc"]), one["msg"]) for one in found],
    )
