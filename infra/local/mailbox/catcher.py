"""An SMTP server that keeps every mail and passes none on; it can also behave badly on request."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pydantic import BaseModel, ConfigDict

from infra.local.mailbox.mails import Mails, parse

MAIL_BYTES_MAX = 10_000_000
RECIPIENTS_MAX = 50

_log = logging.getLogger(__name__)
logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd writes down every address


class Mode(StrEnum):
    NONE = "none"
    REFUSES = "refuses"  # 550: no such person
    GREYLISTS = "greylists"  # 451: come back later
    TAKES_AND_HANGS_UP = "takes_and_hangs_up"  # the mail is kept, the answer is lost
    HANGS_UP = "hangs_up"  # neither


class Trouble(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    mode: Mode = Mode.NONE


class Catcher:
    """What aiosmtpd calls for each step of a delivery."""

    def __init__(self, mails: Mails, now: Callable[[], datetime]) -> None:
        self._mails = mails
        self._now = now
        self.trouble = Trouble()

    async def handle_RCPT(  # noqa: N802 - aiosmtpd names it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.trouble.mode is Mode.REFUSES:
            return "550 5.1.1 no such person here"
        if self.trouble.mode is Mode.GREYLISTS:
            return "451 4.7.1 come back later"
        if len(envelope.rcpt_tos) >= RECIPIENTS_MAX:
            return "452 4.5.3 too many recipients"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.trouble.mode is not Mode.HANGS_UP:
            self._keep(envelope)
        if self.trouble.mode in {Mode.HANGS_UP, Mode.TAKES_AND_HANGS_UP}:
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        return "250 OK"

    def _keep(self, envelope: Envelope) -> None:
        content = envelope.original_content or b""
        mail = parse(content, envelope.mail_from or "", tuple(envelope.rcpt_tos), self._now())
        self._mails.add(mail)
        _log.info("mail kept, %d bytes, %d attachments", len(content), len(mail.attachments))


class SmtpServer(Controller):
    """Port 0 means any free one; `port` tells which, once started."""

    def __init__(self, catcher: Catcher, port: int) -> None:
        super().__init__(
            catcher, "127.0.0.1", port, data_size_limit=MAIL_BYTES_MAX, enable_SMTPUTF8=True, ident="mailbox"
        )

    def _trigger_server(self) -> None:
        """Called once it listens, which is when the port is known."""
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd leaves it untyped
