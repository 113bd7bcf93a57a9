"""What a phone is told to do next: refuse, hang, lose, answer by itself. And what the whole account suffers.

A script is a list of rules for one number, or for "*". The first that fits is used; `times` uses it up.
"""

import re
import threading
from enum import StrEnum
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from infra.local.phones.messages import Status

RULES_MAX = 50
NUMBERS_MAX = 10_000
EVERY_NUMBER = "*"


class _Rule(BaseModel):
    """`times`: how often it applies; None means always."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    times: int | None = Field(default=None, ge=1)

    def fits(self, body: str) -> bool:
        """Whether it applies to a message with this text."""
        return True


class OnSend(_Rule):
    """What the caller of the API suffers; whether the message was made all the same is another matter."""

    accept: bool = False


class Refuse(OnSend):
    """The send is refused with this error code; nothing is made."""

    do: Literal["refuse"] = "refuse"
    accept: Literal[False] = False
    code: int
    retry_after: int = Field(default=0, ge=0)


class ServerError(OnSend):
    """The send is answered 5xx; with `accept` the message was made all the same."""

    do: Literal["server_error"] = "server_error"
    status: int = Field(default=503, ge=500, le=599)


class Hang(OnSend):
    """The send is answered after so many real seconds; without `accept` nothing was made by then."""

    do: Literal["hang"] = "hang"
    seconds: float = Field(default=20.0, ge=0, le=120)
    accept: bool = True


class AcceptThenDropReply(OnSend):
    """The message is made, but the answer is lost."""

    do: Literal["accept_then_drop_reply"] = "accept_then_drop_reply"
    accept: Literal[True] = True


class Hold(_Rule):
    """The message waits in the queue so long, or until its validity ends."""

    do: Literal["hold"] = "hold"
    seconds: float = Field(ge=0)


class Deliver(_Rule):
    """How it ends, and which status callbacks are posted.

    Without `callbacks` each status is posted as it comes. With it exactly these are, in this order,
    at the end: twice the same, the wrong way round, or none.
    """

    do: Literal["deliver"] = "deliver"
    result: Literal[Status.DELIVERED, Status.UNDELIVERED, Status.FAILED, Status.SENT] = Status.DELIVERED
    error_code: int | None = None
    after_seconds: float = Field(default=1.0, ge=0)
    callbacks: tuple[Status, ...] | None = Field(default=None, max_length=20)


class AutoReply(_Rule):
    r"""The phone answers by itself, once unless told otherwise: two machines would never stop.

    With `pattern` only texts that match are answered, and `body` may use its groups: "YES \\1".
    """

    do: Literal["auto_reply"] = "auto_reply"
    body: str = Field(max_length=1_600)
    after_seconds: float = Field(default=5.0, ge=0)
    pattern: str = ""
    times: int | None = Field(default=1, ge=1)

    def fits(self, body: str) -> bool:
        return re.search(self.pattern, body) is not None

    def to(self, body: str) -> str:
        found = re.search(self.pattern, body)
        return found.expand(self.body) if self.pattern and found else self.body


class LoseInbound(_Rule):
    """The application never hears of the message: it exists in Twilio's log only."""

    do: Literal["lose_inbound"] = "lose_inbound"


class DuplicateInbound(_Rule):
    do: Literal["duplicate_inbound"] = "duplicate_inbound"
    copies: int = Field(default=2, ge=2, le=10)


Rule = Annotated[
    Refuse
    | ServerError
    | Hang
    | AcceptThenDropReply
    | Hold
    | Deliver
    | AutoReply
    | LoseInbound
    | DuplicateInbound,
    Field(discriminator="do"),
]


class Script(BaseModel):
    """An empty list forgets what the number was told before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: str
    rules: tuple[Rule, ...] = Field(default=(), max_length=RULES_MAX)


class Mode(StrEnum):
    """What the whole account suffers."""

    NONE = "none"
    DOWN = "down"  # connections are cut
    ERRORS = "errors"  # 503
    THROTTLED = "throttled"  # 429
    UNAUTHORIZED = "unauthorized"  # 401: the token was changed, or the account suspended
    HANGS = "hangs"  # answers come too late
    CARRIER_DOWN = "carrier_down"  # messages are taken and stay in the queue
    WEBHOOKS_LOST = "webhooks_lost"  # nothing reaches the application


class Outage(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    mode: Mode = Mode.NONE


Kind = TypeVar("Kind", bound=_Rule)


class Scripts:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rules: dict[str, list[_Rule]] = {}

    def write(self, script: Script) -> None:
        with self._lock:
            if len(self._rules) >= NUMBERS_MAX and script.number not in self._rules:
                raise ValueError(f"scripts for at most {NUMBERS_MAX} numbers")
            self._rules[script.number] = list(script.rules)

    def take(self, number: str, kind: type[Kind], body: str = "") -> Kind | None:
        """The first rule of this kind that fits the text, used once."""
        with self._lock:
            for name in (number, EVERY_NUMBER):
                rules = self._rules.get(name, [])
                for place, rule in enumerate(rules):
                    if isinstance(rule, kind) and rule.fits(body):
                        self._use(rules, place, rule)
                        return rule
        return None

    def clear(self) -> None:
        with self._lock:
            self._rules.clear()

    @staticmethod
    def _use(rules: list[_Rule], place: int, rule: _Rule) -> None:
        if rule.times == 1:
            del rules[place]
        elif rule.times is not None:
            rules[place] = rule.model_copy(update={"times": rule.times - 1})
