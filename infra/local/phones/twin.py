"""The twin of Twilio's text messages: its REST API, the phones behind it, and a page that shows them."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from infra.local.clock import MovableClock
from infra.local.phones.account import Account
from infra.local.phones.api import TwilioApi
from infra.local.phones.carrier import Carrier
from infra.local.phones.desk import Desk
from infra.local.phones.exchange import Exchange
from infra.local.phones.inbound import Inbound, Received
from infra.local.phones.messages import Message
from infra.local.phones.script import AutoReply, Mode, Outage, Rule, Script
from infra.local.wire import Answer, Asked, Wire

API_PREFIX = "/2010-04-01/"


class PhonesTwin:
    """Port 0 means any free one. The application may be started later: set `public_url` then."""

    def __init__(
        self,
        port: int = 0,
        public_url: str = "",
        *,
        account_sid: str,
        auth_token: str,
        senders: Sequence[str],
        clock: MovableClock,
        service_sid: str = "",
        advanced_opt_out: bool = False,
        advance: Callable[[timedelta], None] | None = None,
    ) -> None:
        """`advance` moves the whole local cloud for the page's buttons; without it, the clock alone."""
        self.account = Account(account_sid, auth_token, tuple(senders), service_sid, advanced_opt_out)
        self._exchange = Exchange(self.account, clock)
        self._wire = Wire(self._answer, port)
        self._carrier = Carrier(self._exchange, self._reply)
        self._inbound = Inbound(self._exchange, self._carrier, public_url)
        self._api = TwilioApi(self._exchange, self._carrier, self._wire.stopping)
        self._desk = Desk(self._exchange, self.text_in, self.set_outage, self.reset, advance or clock.advance)

    @property
    def port(self) -> int:
        return self._wire.port

    @property
    def url(self) -> str:
        """What TWILIO_BASE_URL should be."""
        return self._wire.url

    @property
    def public_url(self) -> str:
        """Where the application's webhooks are."""
        return self._inbound.public_url

    @public_url.setter
    def public_url(self, url: str) -> None:
        self._inbound.public_url = url

    def start(self) -> None:
        self._exchange.agenda.start()
        self._wire.start()

    def stop(self) -> None:
        self._wire.stop()
        self._exchange.agenda.stop()

    def reset(self) -> None:
        """No messages, scripts, opt-outs, names or outage; nothing scheduled."""
        self._exchange.reset()
        self._carrier.clear()

    def text_in(self, sender: str, recipient: str, body: str) -> Received:
        """A person texts one of our numbers. Raises NotOurNumber."""
        return self._inbound.receive(sender, recipient, body)

    def script(self, number: str, *rules: Rule) -> None:
        """What the number does from now on; no rules: what is usual."""
        self._exchange.scripts.write(Script(number=number, rules=rules))

    def set_outage(self, outage: Outage | Mode) -> None:
        mode = outage.mode if isinstance(outage, Outage) else outage
        was, self._exchange.mode = self._exchange.mode, mode
        if was is Mode.CARRIER_DOWN is not mode:
            self._carrier.release()
        self._exchange.book.touch()

    def messages(self, phone: str = "") -> list[Message]:
        """Of one phone or of all, oldest first."""
        return [one for one in self._exchange.book.newest_first() if phone in {"", one.phone}][::-1]

    def next_due(self) -> datetime | None:
        return self._exchange.agenda.next_due()

    def drain(self, seconds: float = 10.0) -> bool:
        """Waits in real time until all that is due by the clock is done; False when it was not."""
        return self._exchange.agenda.drain(seconds)

    def _answer(self, asked: Asked) -> Answer:
        return self._api.answer(asked) if asked.path.startswith(API_PREFIX) else self._desk.answer(asked)

    def _reply(self, message: Message, answer: AutoReply) -> None:
        self._inbound.receive(message.recipient, message.sender, answer.to(message.body))
