"""The desk beside the phones: press Send, write scripts, break things, look, wait; for tests and the page."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, RootModel, ValidationError

from infra.local.advance import AdvanceError
from infra.local.due import Drained, NextDue, Patience
from infra.local.phones.exchange import Exchange
from infra.local.phones.inbound import NotOurNumber, Received, Sent
from infra.local.phones.messages import Direction, Message
from infra.local.phones.script import Outage, Script
from infra.local.phones.view import ShownClock, View, view_of
from infra.local.wire import Answer, Asked, json_answer

STATIC: Final = Path(__file__).with_name("static")
STATIC_TYPES: Final = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
LISTED_MAX: Final = 10_000
LABELS_MAX: Final = 10_000
ADVANCE_SECONDS_MAX: Final = 366 * 24 * 3600.0

Route = Callable[[Asked], object]


class ClockMove(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    advance_seconds: float | None = Field(default=None, ge=0, le=ADVANCE_SECONDS_MAX)
    stop: bool = False
    go: bool = False


class Listed(BaseModel):
    """A message as tests see it."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    sid: str
    direction: Direction
    sender: str = Field(serialization_alias="from")
    recipient: str = Field(serialization_alias="to")
    body: str
    status: str
    error_code: int | None
    segments: int
    created_at: datetime
    sent_at: datetime | None
    webhook: str


Labels = RootModel[dict[str, str]]


class Desk:
    def __init__(
        self,
        exchange: Exchange,
        receive: Callable[[str, str, str], Received],
        set_outage: Callable[[Outage], None],
        reset: Callable[[], None],
        advance: Callable[[timedelta], None],
    ) -> None:
        self._exchange = exchange
        self._receive = receive
        self._set_outage = set_outage
        self._reset = reset
        self._advance = advance
        self._routes: Mapping[str, Route] = {
            "GET /healthz": lambda _: {"status": "ok"},
            "GET /next": lambda _: NextDue(next=exchange.agenda.next_due()),
            "POST /drain": self._drain,
            "GET /_messages": self._messages,
            "POST /_inbound": self._inbound,
            "POST /_script": self._script,
            "POST /_outage": self._outage,
            "POST /_names": self._names,
            "GET /_names": lambda _: exchange.labels,
            "POST /_clock": self._clock,
            "POST /_reset": self._start_anew,
            "GET /_view": self._view,
        }

    def answer(self, asked: Asked) -> Answer:
        route = self._routes.get(f"{asked.method} {asked.path}")
        if route is None:
            return self._static(asked)
        try:
            return json_answer(route(asked))
        except (ValidationError, ValueError, NotOurNumber) as wrong:
            return json_answer({"detail": str(wrong)}, 422)
        except AdvanceError as stuck:
            return json_answer({"detail": str(stuck)}, 503)

    def _drain(self, asked: Asked) -> Drained:
        return Drained(drained=self._exchange.agenda.drain(asked.read(Patience).seconds))

    def _messages(self, asked: Asked) -> list[dict[str, object]]:
        number = asked.args().get("number", "")
        fitting = [one for one in self._exchange.book.newest_first() if number in {"", one.phone}]
        return [_listed(one) for one in reversed(fitting[:LISTED_MAX])]

    def _inbound(self, asked: Asked) -> Received:
        sent = asked.read(Sent)
        return self._receive(sent.sender, sent.recipient, sent.body)

    def _script(self, asked: Asked) -> Script:
        script = asked.read(Script)
        self._exchange.scripts.write(script)
        return script

    def _outage(self, asked: Asked) -> Outage:
        outage = asked.read(Outage)
        self._set_outage(outage)
        return outage

    def _names(self, asked: Asked) -> dict[str, str]:
        """Adds to the names that are known; an empty one is forgotten."""
        labels = self._exchange.labels | asked.read(Labels).root
        if len(labels) > LABELS_MAX:
            raise ValueError(f"at most {LABELS_MAX} names")
        self._exchange.labels = {number: label for number, label in labels.items() if label}
        self._exchange.book.touch()
        return self._exchange.labels

    def _clock(self, asked: Asked) -> ShownClock:
        move, clock = asked.read(ClockMove), self._exchange.clock
        if move.stop:
            clock.stop()
        if move.go:
            clock.go()
        if move.advance_seconds:
            self._advance(timedelta(seconds=move.advance_seconds))
        return ShownClock(now=clock.now(), stopped=clock.is_stopped())

    def _start_anew(self, _: Asked) -> object:
        self._reset()
        return {"status": "ok"}

    def _view(self, asked: Asked) -> View:
        seen = asked.args().get("seen", "")
        return view_of(self._exchange, int(seen) if seen.isdigit() else -1)

    @staticmethod
    def _static(asked: Asked) -> Answer:
        name = "index.html" if asked.path == "/" else asked.path.removeprefix("/static/")
        file = STATIC / name
        if asked.method != "GET" or file.parent != STATIC or not file.is_file():
            return json_answer({"detail": f"{asked.method} {asked.path}: no such route"}, 404)
        kind = f"{STATIC_TYPES[file.suffix]}; charset=utf-8"
        return Answer(200, file.read_bytes(), kind, {"Cache-Control": "no-cache"})


def _listed(message: Message) -> dict[str, object]:
    shown = Listed.model_validate(message.model_dump(include=set(Listed.model_fields)))
    return shown.model_dump(mode="json", by_alias=True)
