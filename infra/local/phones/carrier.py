"""Takes messages to their phones: queued, sent, then delivered or not, telling the application each time."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from infra.local.phones.exchange import Exchange
from infra.local.phones.messages import WAITING, Direction, Message, Status
from infra.local.phones.postman import Postman
from infra.local.phones.script import AutoReply, Deliver, Hold, Mode
from infra.local.phones.webhook_fields import status_fields

SENT_AFTER: Final = timedelta(milliseconds=200)
VALIDITY_EXPIRED: Final = 30036
ARRIVED: Final = frozenset({Status.DELIVERED, Status.SENT})

Reply = Callable[[Message, AutoReply], None]


class Carrier:
    """`reply` is called when a phone that answers by itself has got a message."""

    def __init__(self, exchange: Exchange, reply: Reply) -> None:
        self._exchange = exchange
        self._book = exchange.book
        self._agenda = exchange.agenda
        self._scripts = exchange.scripts
        self._now = exchange.now
        self._reply = reply
        self._postman = Postman(exchange.account.token)
        self._lock = threading.Lock()
        self._stranded: dict[str, Deliver] = {}

    def take(self, message: Message) -> None:
        """The message is in the book from now on, and on its way."""
        self._book.add(message)
        plan = self._scripts.take(message.recipient, Deliver) or Deliver()
        hold = self._scripts.take(message.recipient, Hold)
        wait = timedelta(seconds=hold.seconds) if hold else SENT_AFTER
        if wait > timedelta(seconds=message.validity_seconds):
            self._agenda.at(_end_of(message), message.sid, partial(self._expire, message.sid))
        else:
            self._agenda.at(message.created_at + wait, message.sid, partial(self._send, message.sid, plan))

    def release(self) -> None:
        """The network is back: what waited for it goes out."""
        with self._lock:
            stranded, self._stranded = self._stranded, {}
        for sid, plan in stranded.items():
            self._agenda.forget(sid)
            self._agenda.at(self._now() + SENT_AFTER, sid, partial(self._send, sid, plan))

    def clear(self) -> None:
        with self._lock:
            self._stranded.clear()

    def _send(self, sid: str, plan: Deliver) -> None:
        message = self._book.get(sid)
        if message is None or message.status not in WAITING:
            return
        if self._exchange.mode is Mode.CARRIER_DOWN:
            with self._lock:
                self._stranded[sid] = plan
            self._agenda.at(_end_of(message), sid, partial(self._expire, sid))
            return
        now = self._now()
        self._move(sid, plan, status=Status.SENT, sent_at=now)
        self._agenda.at(now + timedelta(seconds=plan.after_seconds), sid, partial(self._end, sid, plan))

    def _end(self, sid: str, plan: Deliver) -> None:
        if plan.result is not Status.SENT:
            self._move(sid, plan, status=plan.result, error_code=plan.error_code)
        message = self._book.get(sid)
        if message is None:
            return
        for status in plan.callbacks or ():
            self._tell(message, status, plan.error_code)
        if message.direction is Direction.OUTBOUND and plan.result in ARRIVED:
            self._let_answer(message)

    def _let_answer(self, message: Message) -> None:
        answer = self._scripts.take(message.recipient, AutoReply, body=message.body)
        if answer is not None:
            when = self._now() + timedelta(seconds=answer.after_seconds)
            self._agenda.at(when, message.recipient, partial(self._reply, message, answer))

    def _expire(self, sid: str) -> None:
        with self._lock:
            self._stranded.pop(sid, None)
        message = self._book.get(sid)
        if message is not None and message.status in WAITING:
            self._move(sid, Deliver(), status=Status.FAILED, error_code=VALIDITY_EXPIRED)

    def _move(self, sid: str, plan: Deliver, **changes: Any) -> None:
        moved = self._book.change(sid, self._now(), **changes)
        if moved is not None and plan.callbacks is None:
            self._tell(moved, moved.status, moved.error_code)

    def _tell(self, message: Message, status: Status, error_code: int | None) -> None:
        if not message.status_url or self._exchange.mode is Mode.WEBHOOKS_LOST:
            return
        code = error_code if status in {Status.FAILED, Status.UNDELIVERED} else None
        fields = status_fields(self._exchange.account, message, status, code, self._now())
        self._postman.post(message.status_url, fields)


def _end_of(message: Message) -> datetime:
    """When the message is no longer worth sending."""
    return message.created_at + timedelta(seconds=message.validity_seconds)
