"""One JSON line per event on standard output, as Cloud Logging reads it.

Ids and numbers only: `event` takes no free text from people, and values that are not plain ids,
numbers or words are refused rather than printed.
"""

import hashlib
import json
import sys
from collections.abc import Mapping
from contextvars import ContextVar

from shared.runtime import settings

trace: ContextVar[str] = ContextVar("trace", default="")
span: ContextVar[str] = ContextVar("span", default="")
function: ContextVar[str] = ContextVar("function", default="")
actor: ContextVar[str] = ContextVar("actor", default="")  # a hash: see `is_acting`
linked: ContextVar[str] = ContextVar("linked", default="")  # other traces that this call is an answer in
record: ContextVar[str] = ContextVar("record", default="")  # what the call wrote first, as collection/id


LONGEST = 300
ACTOR_DIGITS = 12


def event(name: str, *, severity: str = "INFO", **facts: str | int | float | bool | None) -> None:
    now = settings.current()
    line: dict[str, object] = {
        "severity": severity,
        "message": name,
        "function": function.get() or now.function,
        "revision": now.revision,
        "release": now.release,
    }
    if trace.get():
        line["logging.googleapis.com/trace"] = f"projects/{now.project}/traces/{trace.get()}"
        line["logging.googleapis.com/spanId"] = span.get()
    line |= {name: said for name, said in _about() if said}
    line |= {key: value[:LONGEST] if isinstance(value, str) else value for key, value in facts.items()}
    sys.stdout.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def _about() -> tuple[tuple[str, str], ...]:
    return ("actor", actor.get()), ("record", record.get()), ("linked", linked.get())


def figures(numbers: Mapping[str, float]) -> None:
    """Numbers to be watched: each is a metric of its name (infra/terraform/modules/sight)."""
    event("figures", severity="INFO", **numbers)


def promise_broken(about: str, promises: str) -> None:
    """Wakes somebody: a record contradicts itself. Where it lies and which promises, no more."""
    event("promise_broken", severity="CRITICAL", about=about, promises=promises)


def is_acting(tenant_id: str, user_id: str) -> None:
    """Whoever reads the log can tell two people apart, and not who they are."""
    actor.set(hashlib.sha256(f"{tenant_id}/{user_id}".encode()).hexdigest()[:ACTOR_DIGITS])


def crash(name: str, error: BaseException) -> None:
    """An error nobody foresaw: its type and place, never its text, which may quote what it choked on."""
    place = ""
    frames = error.__traceback__
    while frames is not None:
        place = f"{frames.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{frames.tb_lineno}"
        frames = frames.tb_next
    event(name, severity="ERROR", error=type(error).__name__, at=place)
