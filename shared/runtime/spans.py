"""One call as a span of a trace: W3C Trace Context in, OpenTelemetry's words out.

    a request ──► letters in the outbox ──► a task, a message ──► what they set going ──► a provider's webhook

A letter keeps the trace and the span that wrote it, an envelope carries them, and so does the address that
a provider reports to: all of it is one trace. What people answer goes on in the trace in which they were
asked, with a link to the one that brought the answer (docs/adr/0015-answers-go-on.md). Ids cost nothing and
are always there, also in every log line; spans are sent away only where `trace_url` is set, and for the same
share of traces in every function.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from shared.runtime import log

if TYPE_CHECKING:
    from shared.runtime.incoming import Incoming
    from shared.runtime.wiring import Wiring

Kind = Literal["server", "producer", "consumer", "client"]
PARENT: Final = re.compile(r"(?:00-)?([0-9a-f]{32})-([0-9a-f]{16})(?:-[0-9a-f]{2})?")
SHARES: Final = 2**32
KINDS: Final[dict[str, Kind]] = {"task": "consumer", "topic": "consumer", "schedule": "consumer"}

parent: ContextVar[str] = ContextVar("parent", default="")
links: ContextVar[tuple[Origin, ...]] = ContextVar("links", default=())


class Origin(NamedTuple):
    """A trace, and the span in it that set this going; both "" where nobody said."""

    trace: str
    span: str


NOBODY: Final = Origin("", "")


@dataclass(frozen=True)
class Span:
    """Ids and numbers only: `name` is an entry point or a kind of letter. Times in nanoseconds."""

    trace: str
    id: str
    parent: str
    name: str
    kind: Kind
    began: int
    ended: int
    failed: bool
    status: int = 0
    links: tuple[Origin, ...] = ()


def read(text: str) -> Origin:
    """A traceparent, or `trace-span` as we carry it."""
    found = PARENT.fullmatch(text)
    return Origin(found[1], found[2]) if found else NOBODY


def origin(incoming: Incoming) -> Origin:
    """Of a request from outside; queues carry theirs inside."""
    said = read(incoming.header("traceparent"))
    if said.trace:
        return said
    cloud = incoming.header("X-Cloud-Trace-Context").split("/")[0]
    return Origin(cloud if re.fullmatch(r"[0-9a-f]{32}", cloud) else secrets.token_hex(16), "")


def go_on(begun: Origin) -> None:
    """From here on this call belongs to that trace."""
    if begun.trace:
        log.trace.set(begun.trace)
        parent.set(begun.span)


def carried(trace: str, span: str) -> str:
    return f"{trace}-{span}" if trace and span else ""


def asked_in(origins: Sequence[str]) -> tuple[Origin, ...]:
    """What was carried, once each; what is none is passed over."""
    return tuple(dict.fromkeys(one for one in map(read, origins) if one.trace))


def answer(asked: Sequence[Origin]) -> None:
    """This call answers what was asked there. If that is one place, it belongs to that trace from here on and
    is linked to what brought it; if it is several, it stays where it is and is linked to each."""
    if len(asked) == 1:
        brought = Origin(log.trace.get(), parent.get())
        go_on(asked[0])
        asked = (brought,)
    links.set(tuple(asked))
    log.linked.set(",".join(dict.fromkeys(one.trace for one in asked)))


def begin(begun: Origin) -> int:
    """The instant; everything that is said from now on is of a new span."""
    log.span.set(secrets.token_hex(8))
    parent.set("")
    links.set(())
    log.linked.set("")
    go_on(begun)
    return time.time_ns()


def end(name: str, kind: Kind, began: int, status: int, wired: Wiring) -> None:
    if is_sampled(log.trace.get(), wired):
        ended = time.time_ns()
        ids = log.trace.get(), log.span.get(), parent.get()
        wired.spans.add(Span(*ids, name, kind, began, ended, status >= 500, status, links.get()))


@contextmanager
def sending(name: str, kind: Kind, begun: Origin, wired: Wiring) -> Iterator[None]:
    """A letter on its way, as a child of the span that wrote it."""
    if not is_sampled(begun.trace, wired):
        yield
        return
    began, failed = time.time_ns(), True
    try:
        yield
        failed = False
    finally:
        id_ = secrets.token_hex(8)
        wired.spans.add(Span(begun.trace, id_, begun.span, name, kind, began, time.time_ns(), failed))


def is_sampled(trace: str, wired: Wiring) -> bool:
    """Decided by the trace's id alone, so that every function decides alike."""
    now = wired.settings
    return bool(now.trace_url and trace) and int(trace[:8], 16) < now.trace_share * SHARES
