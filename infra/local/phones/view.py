"""What the page shows: phones side by side, each with its owner and its messages."""

from collections import defaultdict
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from infra.local.phones.exchange import Exchange
from infra.local.phones.messages import Direction, Message
from infra.local.phones.script import Mode

PHONES_SHOWN_MAX = 60
MESSAGES_SHOWN_MAX = 40


class _Shown(BaseModel):
    model_config = ConfigDict(frozen=True)


class ShownClock(_Shown):
    now: datetime
    stopped: bool


class ShownMessage(_Shown):
    """`line` is our number, whichever way the message goes."""

    sid: str
    from_phone: bool
    line: str
    body: str
    at: datetime
    status: str
    error_code: int | None
    segments: int
    webhook: str


class ShownPhone(_Shown):
    number: str
    label: str
    opted_out_of: tuple[str, ...]
    messages: tuple[ShownMessage, ...]
    messages_total: int


class View(_Shown):
    """`phones` is None when nothing has changed since the version the page has seen."""

    version: int
    clock: ShownClock
    mode: Mode
    lines: tuple[str, ...]
    phones: tuple[ShownPhone, ...] | None = None
    phones_total: int = 0


def view_of(exchange: Exchange, seen: int) -> View:
    version = exchange.book.version
    phones = None if seen == version else _phones(exchange)
    return View(
        version=version,
        clock=ShownClock(now=exchange.now(), stopped=exchange.clock.is_stopped()),
        mode=exchange.mode,
        lines=exchange.account.senders,
        phones=phones[:PHONES_SHOWN_MAX] if phones is not None else None,
        phones_total=len(phones or ()),
    )


def _phones(exchange: Exchange) -> tuple[ShownPhone, ...]:
    """Those with a name first, in the order they were named; then strangers as they appear."""
    labels = dict(exchange.labels)
    by_phone: dict[str, list[Message]] = defaultdict(list)
    for message in exchange.book.newest_first():
        by_phone[message.phone].append(message)
    strangers = sorted(by_phone.keys() - labels.keys(), key=lambda phone: by_phone[phone][-1].created_at)
    return tuple(
        ShownPhone(
            number=number,
            label=labels.get(number, ""),
            opted_out_of=tuple(exchange.opt_outs.of(number)),
            messages=tuple(_shown(one) for one in reversed(by_phone[number][:MESSAGES_SHOWN_MAX])),
            messages_total=len(by_phone[number]),
        )
        for number in [*labels, *strangers]
    )


def _shown(message: Message) -> ShownMessage:
    inbound = message.direction is Direction.INBOUND
    return ShownMessage(
        sid=message.sid,
        from_phone=inbound,
        line=message.recipient if inbound else message.sender,
        body=message.body,
        at=message.created_at,
        status=message.status,
        error_code=message.error_code,
        segments=message.segments,
        webhook=message.webhook,
    )
