"""Twilio's REST API: /2010-04-01/Accounts/{sid}/Messages and IncomingPhoneNumbers."""

import base64
import binascii
import hmac
import re
import threading
from typing import Final

from infra.local.phones.account import API_VERSION
from infra.local.phones.carrier import Carrier
from infra.local.phones.exchange import Exchange
from infra.local.phones.listing import list_messages
from infra.local.phones.messages import WAITING, Message
from infra.local.phones.order import message_from
from infra.local.phones.refusals import TwilioError
from infra.local.phones.resources import base_path, message_json, number_json, page_json
from infra.local.phones.script import AcceptThenDropReply, Hang, Mode, OnSend, Refuse, ServerError
from infra.local.wire import Answer, Asked, HangUp, json_answer

PATH: Final = re.compile(
    rf"/{API_VERSION}/Accounts/(?P<account>\w+)/(?P<kind>Messages|IncomingPhoneNumbers)"
    r"(?:/(?P<sid>\w+))?(?:\.json)?"
)
HANG_SECONDS: Final = 20.0
THROTTLED_SECONDS: Final = 2


class TwilioApi:
    """`stopping` ends the waiting of those who are made to wait."""

    def __init__(self, exchange: Exchange, carrier: Carrier, stopping: threading.Event) -> None:
        self._exchange = exchange
        self._account = exchange.account
        self._book = exchange.book
        self._carrier = carrier
        self._stopping = stopping

    def answer(self, asked: Asked) -> Answer:
        """Raises HangUp."""
        try:
            self._suffer()
            self._admit(asked)
            return self._route(asked)
        except TwilioError as refusal:
            return refusal.answer()

    def _suffer(self) -> None:
        match self._exchange.mode:
            case Mode.DOWN:
                raise HangUp
            case Mode.HANGS:
                self._stopping.wait(HANG_SECONDS)
                raise HangUp
            case Mode.ERRORS:
                raise TwilioError(20503)
            case Mode.UNAUTHORIZED:
                raise TwilioError(20003)
            case Mode.THROTTLED:
                raise TwilioError(20429, retry_after=THROTTLED_SECONDS)

    def _admit(self, asked: Asked) -> None:
        scheme, _, credentials = asked.headers.get("authorization", "").partition(" ")
        try:
            given = base64.b64decode(credentials, validate=True)
        except binascii.Error:
            given = b""
        wanted = f"{self._account.sid}:{self._account.token}".encode()
        if scheme.lower() != "basic" or not hmac.compare_digest(given, wanted):
            raise TwilioError(20003)

    def _route(self, asked: Asked) -> Answer:
        found = PATH.fullmatch(asked.path)
        if found is None or found["account"] != self._account.sid:
            raise TwilioError(20404)
        sid = found["sid"] or ""
        match asked.method, found["kind"], bool(sid):
            case "GET", "IncomingPhoneNumbers", False:
                return self._numbers(asked.args())
            case "GET", "Messages", False:
                return json_answer(list_messages(self._account, self._book, asked.args()))
            case "POST", "Messages", False:
                return self._create(asked.form())
            case "GET", "Messages", True:
                return self._show(self._known(sid))
            case "POST", "Messages", True:
                return self._redact(self._known(sid), asked.form())
            case "DELETE", "Messages", True:
                return self._delete(self._known(sid))
        raise TwilioError(20404, status=405)

    def _create(self, form: dict[str, str]) -> Answer:
        message = message_from(form, self._account, self._exchange.now())
        rule = self._exchange.scripts.take(message.recipient, OnSend)
        if isinstance(rule, Refuse):
            raise TwilioError(rule.code, retry_after=rule.retry_after)
        if self._exchange.opt_outs.holds(self._account.scope_of(message.sender), message.recipient):
            raise TwilioError(21610)
        if rule is None or rule.accept:
            self._carrier.take(message)
        match rule:
            case AcceptThenDropReply():
                raise HangUp
            case ServerError(status=status):
                raise TwilioError(20503, status=status)
            case Hang(seconds=seconds, accept=accept):
                self._stopping.wait(seconds)
                if not accept:
                    raise HangUp
        return self._show(message, status=201)

    def _show(self, message: Message, status: int = 200) -> Answer:
        return json_answer(message_json(self._account, message), status)

    def _redact(self, message: Message, form: dict[str, str]) -> Answer:
        """Only an empty body may be written over the old one."""
        if form != {"Body": ""} or message.status in WAITING:
            raise TwilioError(20001)
        return self._show(self._book.change(message.sid, self._exchange.now(), body="") or message)

    def _delete(self, message: Message) -> Answer:
        if message.status in WAITING:
            raise TwilioError(20009)
        self._book.remove(message.sid)
        return Answer(204)

    def _known(self, sid: str) -> Message:
        found = self._book.get(sid)
        if found is None:
            raise TwilioError(20404)
        return found

    def _numbers(self, args: dict[str, str]) -> Answer:
        asked_for = args.get("PhoneNumber", "")
        rows = [number_json(self._account, one) for one in self._account.senders if asked_for in one]
        path = f"{base_path(self._account)}/IncomingPhoneNumbers.json"
        return json_answer(page_json("incoming_phone_numbers", rows, path, args, 0, max(len(rows), 50), ""))
