"""An application that Twilio would call: it writes down what it is told and answers as a test wants."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from infra.local.wire import Answer, Asked, Wire

EMPTY_TWIML = Answer(200, b"<Response/>", "text/xml")


@dataclass(frozen=True)
class Told:
    """One webhook, raw: as the signature check of the real application sees it."""

    url: str
    pairs: tuple[tuple[str, str], ...]
    signature: str
    token: str

    @property
    def fields(self) -> dict[str, str]:
        return dict(self.pairs)


@dataclass
class PhoneApp:
    """`answer` decides by the webhook; the default is an empty TwiML document."""

    answer: Callable[[Told], Answer] = lambda _: EMPTY_TWIML
    told: list[Told] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._wire = Wire(self._hear)
        self._wire.start()

    @property
    def url(self) -> str:
        return self._wire.url

    def stop(self) -> None:
        self._wire.stop()

    @property
    def statuses(self) -> list[str]:
        """The status callbacks, in the order in which they came."""
        return [told.fields["MessageStatus"] for told in self.told if "MessageStatus" in told.fields]

    @property
    def texts(self) -> list[str]:
        return [told.fields["Body"] for told in self.told if "Body" in told.fields]

    def _hear(self, asked: Asked) -> Answer:
        url = self.url + asked.path + (f"?{asked.query}" if asked.query else "")
        pairs = tuple(parse_qsl(asked.body.decode(), keep_blank_values=True))
        headers = asked.headers
        told = Told(url, pairs, headers["x-twilio-signature"], headers["i-twilio-idempotency-token"])
        with self._lock:
            self.told.append(told)
        return self.answer(told)
