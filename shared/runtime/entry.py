"""The door: an HTTP request becomes a call of one action, and its result an HTTP answer.

Flask is met here and nowhere else; everything behind works on `Incoming` and `Answer`.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from shared.kernel.errors import Busy, Invalid, NotAdmitted, Refusal
from shared.kernel.records import Value
from shared.runtime import (
    auth,
    call,
    catalog,
    dead_letters,
    log,
    problem,
    secrets_needed,
    spans,
    understanding,
    wiring,
)
from shared.runtime import settings as environment
from shared.runtime.action import Declaration
from shared.runtime.html import Html
from shared.runtime.incoming import Incoming
from shared.runtime.problem import Answer

if TYPE_CHECKING:
    import flask

BODY_MAX = 1024 * 1024
GARBAGE_LOOKED_FOR_EACH = 10_000
"""So many objects more than are gone; Python's own 700 is for small programs."""
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000",
}
DIGESTED = Answer(200, b"{}", {"Content-Type": "application/json"})
"""What a queue gets that need not bring the message again."""


def function(entry_point: str) -> Callable[[flask.Request], Any]:
    """The plain function that functions-framework serves. Raises LookupError for an unknown name, and
    RefusesToStart where a secret is missing that it cannot do without."""
    action = catalog.find(entry_point)
    secrets_needed.refuse_without(action, environment.current())

    def handle(request: flask.Request) -> tuple[bytes, int, dict[str, str]]:
        incoming = Incoming(
            request.method,
            request.path,
            request.query_string.decode("latin-1"),
            request.headers,
            request.get_data(cache=False),
        )
        answer = answer_to(action, incoming, wiring.current())
        _look_for_garbage()
        return answer.body, answer.status, {**HEADERS, **answer.headers}

    handle.__name__ = entry_point  # the framework knows functions by this name
    return handle


def _look_for_garbage() -> None:
    """From the first answer on, and not among what was loaded until then, which stays; main.py stopped it."""
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(GARBAGE_LOOKED_FOR_EACH)
        gc.enable()


def answer_to(action: Declaration, incoming: Incoming, wired: wiring.Wiring) -> Answer:
    """One request, whatever happens to it."""
    log.function.set(action.entry_point)
    log.actor.set("")
    log.record.set("")
    began = spans.begin(spans.origin(incoming))
    answer = _answer(action, incoming, wired, log.trace.get())
    spans.end(action.entry_point, spans.KINDS.get(action.trigger.kind, "server"), began, answer.status, wired)
    return answer


def _answer(action: Declaration, incoming: Incoming, wired: wiring.Wiring, trace: str) -> Answer:
    admitted = False
    try:
        if len(incoming.body) > BODY_MAX:
            raise Invalid("The body is larger than 1 MB.")
        actor = auth.admit(action, incoming, wired)
        admitted = True
        log.is_acting(actor.tenant_id, actor.user_id)
        understood = understanding.understand(action, incoming, wired, actor, trace)
        response = call.run(understood, wired)
        log.event("done", action=action.entry_point)
        return _success(action, response)
    except Refusal as refusal:
        log.event("refused", action=action.entry_point, code=refusal.code())
        answer = _refused(action, refusal, trace)
        if answer.status != 200 and admitted and dead_letters.bury(action, incoming, wired, refusal.code()):
            return DIGESTED
        return answer
    except Exception as error:
        # What nobody foresaw: said once, loudly, and answered so that queues try again.
        log.crash("crashed", error)
        if admitted and dead_letters.bury(action, incoming, wired, type(error).__name__):
            return DIGESTED
        return problem.of_crash(trace)


def _refused(action: Declaration, refusal: Refusal, trace: str) -> Answer:
    """Apps read problems; a queue would only bring the same refusal again, unless it is about us."""
    decided = not isinstance(refusal, (NotAdmitted, Busy)) and refusal.status != 403
    if (
        action.trigger.kind in ("task", "topic", "schedule")
        and decided
        and not isinstance(refusal, understanding.NotUnderstood)
    ):
        return DIGESTED
    return problem.of_refusal(refusal, trace, blocks_sign_in=action.trigger.verify == "identity")


def _success(action: Declaration, response: Value) -> Answer:
    if action.trigger.verify == "twilio":
        return Answer(200, b"<Response/>", {"Content-Type": "text/xml"})
    if isinstance(response, Html):
        return Answer(200, response.html.encode(), {"Content-Type": "text/html; charset=utf-8"})
    headers = {"Content-Type": "application/json"}
    version = getattr(response, "version", None)
    if isinstance(version, int):
        headers["ETag"] = f'"{version}"'
    return Answer(200, response.model_dump_json().encode(), headers)
