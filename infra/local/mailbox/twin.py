"""The mailbox: an SMTP server that catches every mail, and a page that shows them."""

from infra.local.clock import MovableClock
from infra.local.mailbox.catcher import Catcher, Mode, SmtpServer, Trouble
from infra.local.mailbox.desk import Desk
from infra.local.mailbox.mails import Mail, Mails
from infra.local.wire import Wire


class MailboxTwin:
    """`port` serves the page, `smtp_port` takes mails; 0 means any free one."""

    def __init__(self, port: int = 0, smtp_port: int = 0, *, clock: MovableClock) -> None:
        self._mails = Mails()
        self._catcher = Catcher(self._mails, clock.now)
        self._smtp = SmtpServer(self._catcher, smtp_port)
        self._wire = Wire(Desk(self._mails, self._set_trouble, self.reset).answer, port)

    @property
    def port(self) -> int:
        return self._wire.port

    @property
    def smtp_port(self) -> int:
        """What SMTP_PORT should be; known once started."""
        return int(self._smtp.port)

    @property
    def url(self) -> str:
        return self._wire.url

    def start(self) -> None:
        self._smtp.start()
        self._wire.start()

    def stop(self) -> None:
        self._wire.stop()
        self._smtp.stop()

    def reset(self) -> None:
        self._mails.clear()
        self._catcher.trouble = Trouble()

    def mails(self) -> list[Mail]:
        """Oldest first."""
        return self._mails.newest_first()[::-1]

    def behave(self, mode: Mode) -> None:
        self._catcher.trouble = Trouble(mode=mode)

    def _set_trouble(self, trouble: Trouble) -> None:
        self._catcher.trouble = trouble
