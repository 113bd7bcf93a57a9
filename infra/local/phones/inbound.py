"""Messages from people: written down, STOP understood, then brought to the application."""

from pydantic import BaseModel, ConfigDict, Field

from infra.local.phones.carrier import Carrier
from infra.local.phones.exchange import Exchange
from infra.local.phones.messages import Direction, Message, Status, new_sid
from infra.local.phones.opt_out import CONFIRMATION, OptOutType, keyword
from infra.local.phones.postman import Outcome, Postman, new_token
from infra.local.phones.script import DuplicateInbound, LoseInbound, Mode
from infra.local.phones.twiml import BadTwiml, replies
from infra.local.phones.webhook_fields import inbound_fields
from shared.kernel.gsm import segments

WEBHOOK_PATH = "/v1/webhooks/twilio/sms"
BODY_MAX = 1_600


class Sent(BaseModel):
    """A person presses Send. The fields are named as in the webhook."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sender: str = Field(alias="from", min_length=3, max_length=20)
    recipient: str = Field(alias="to", min_length=3, max_length=20)
    body: str = Field(max_length=BODY_MAX)


class Received(BaseModel):
    """What became of it: the application's answers, one for each copy that was brought."""

    model_config = ConfigDict(frozen=True)

    sid: str
    webhook: str
    statuses: tuple[int, ...] = ()
    replies: tuple[str, ...] = ()


class NotOurNumber(Exception):
    """Nobody but the account's own numbers can be texted."""


class Inbound:
    """`public_url` is where the application lives; it may be told later."""

    def __init__(self, exchange: Exchange, carrier: Carrier, public_url: str) -> None:
        self._exchange = exchange
        self._account = exchange.account
        self._book = exchange.book
        self._scripts = exchange.scripts
        self._opt_outs = exchange.opt_outs
        self._now = exchange.now
        self._carrier = carrier
        self._postman = Postman(exchange.account.token)
        self.public_url = public_url

    def receive(self, sender: str, recipient: str, body: str) -> Received:
        """Returns when the application has answered, or has not in time. Raises NotOurNumber."""
        if recipient not in self._account.senders:
            raise NotOurNumber(recipient)
        with self._exchange.agenda.outside_work():
            message = self._write(sender, recipient, body)
            said = keyword(body)
            scope = self._account.scope_of(recipient)
            wants_confirmation = self._opt_outs.hear(scope, sender, said)
            received = self._bring(message, said)
            if wants_confirmation:
                self._answer(message, CONFIRMATION[said])
            self._book.change(message.sid, self._now(), webhook=received.webhook)
        return received

    def _write(self, sender: str, recipient: str, body: str) -> Message:
        now = self._now()
        message = Message(
            sid=new_sid(),
            direction=Direction.INBOUND,
            sender=sender,
            recipient=recipient,
            body=body,
            segments=max(1, segments(body).segments),
            status=Status.RECEIVED,
            created_at=now,
            updated_at=now,
            sent_at=now,
            service_sid=self._account.service_sid,
            webhook="on its way",
        )
        self._book.add(message)
        return message

    def _bring(self, message: Message, said: OptOutType) -> Received:
        lost = self._exchange.mode is Mode.WEBHOOKS_LOST or self._scripts.take(message.sender, LoseInbound)
        if lost or not self.public_url:
            return Received(sid=message.sid, webhook="lost on purpose" if lost else "no application")
        again = self._scripts.take(message.sender, DuplicateInbound)
        fields = inbound_fields(self._account, message, said)
        outcomes = [self._post(fields) for _ in range(again.copies if again else 1)]
        texts, note = _read(outcomes)
        for text in texts:
            self._answer(message, text, unless_stopped=True)
        return Received(
            sid=message.sid,
            webhook=note,
            statuses=tuple(outcome.status for outcome in outcomes),
            replies=tuple(texts),
        )

    def _post(self, fields: dict[str, str]) -> Outcome:
        """Once more when it failed, as Twilio does with a fallback URL, naming what went wrong."""
        url = self.public_url.rstrip("/") + WEBHOOK_PATH
        token = new_token()
        outcome = self._postman.post(url, fields, token)
        if outcome.is_worth_a_retry:
            told = {"ErrorCode": str(outcome.error_code), "ErrorUrl": url}
            outcome = self._postman.post(url, fields | told, token)
        return outcome

    def _answer(self, message: Message, text: str, unless_stopped: bool = False) -> None:
        scope = self._account.scope_of(message.recipient)
        if unless_stopped and self._opt_outs.holds(scope, message.sender):
            return
        now = self._now()
        self._carrier.take(
            Message(
                sid=new_sid(),
                direction=Direction.REPLY,
                sender=message.recipient,
                recipient=message.sender,
                body=text,
                segments=segments(text).segments,
                status=Status.QUEUED,
                created_at=now,
                updated_at=now,
                service_sid=self._account.service_sid,
            )
        )


def _read(outcomes: list[Outcome]) -> tuple[list[str], str]:
    """The texts of all answers, and in words how it went."""
    note = ", ".join(str(outcome) for outcome in outcomes)
    try:
        return [text for one in outcomes if one.status == 200 for text in replies(one.body)], note
    except BadTwiml as bad:
        return [], f"{note}: no TwiML ({bad})"
