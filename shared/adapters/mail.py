"""Hands mails to an SMTP server, each with a Message-ID that stays the same when it is sent again."""

import smtplib
import ssl
from contextlib import suppress
from datetime import UTC, datetime
from email.errors import HeaderParseError, MessageError
from email.headerregistry import Address, ContentTypeHeader
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final, NoReturn

from shared.contracts.mail import MailDelayed, MailRefused, MailUnknown, OutboundMail

TIMEOUT_SECONDS: Final = 10.0
OPEN_HOSTS: Final = frozenset({"127.0.0.1", "::1", "localhost"})
"""Only within this machine may a mail travel unencrypted."""


class SmtpMail:
    """`sender` is an address. With a user, the server is told who we are; encrypted, or not at all."""

    def __init__(
        self,
        host: str,
        port: int,
        sender: str,
        *,
        user: str = "",
        password: str = "",
        timeout_seconds: float = TIMEOUT_SECONDS,
    ) -> None:
        self._host = host
        self._port = port
        self._sender = sender
        self._user = user
        self._password = password
        self._timeout_seconds = timeout_seconds

    def send(self, mail: OutboundMail) -> None:
        """Raises MailRefused for a definite no, MailDelayed for "later", MailUnknown where nobody knows."""
        message = self._message(mail)
        try:
            self._hand_over(message)
        except smtplib.SMTPRecipientsRefused as no:
            _raise_for(max(code for code, _ in no.recipients.values()), no)
        except smtplib.SMTPAuthenticationError as ours:
            raise MailDelayed(str(ours.smtp_code)) from ours  # our account is refused, not this mail
        except smtplib.SMTPResponseException as no:
            _raise_for(no.smtp_code, no)
        except (smtplib.SMTPNotSupportedError, ssl.SSLCertVerificationError) as no:
            raise MailRefused from no
        except (ConnectionRefusedError, smtplib.SMTPConnectError) as away:
            raise MailDelayed from away
        except (smtplib.SMTPException, OSError) as lost:
            raise MailUnknown from lost

    def _message(self, mail: OutboundMail) -> EmailMessage:
        """Raises MailRefused for headers that would be none, such as an address with a line break."""
        message = EmailMessage(policy=SMTP)
        try:
            message["From"] = Address(addr_spec=self._sender)
            message["To"] = Address(addr_spec=mail.to)
            message["Subject"] = mail.subject
            message["Message-ID"] = mail.message_id
            message["Date"] = format_datetime(datetime.now(UTC))
            message["Auto-Submitted"] = "auto-generated"  # RFC 3834: holiday notices leave us alone
            message.set_content(mail.text)
            if mail.html:
                message.add_alternative(mail.html, subtype="html")
            for name, content_type, content in mail.attachments:
                _attach(message, name, content_type, content)
        except (ValueError, MessageError, HeaderParseError, IndexError) as wrong:
            raise MailRefused from wrong
        return message

    def _hand_over(self, message: EmailMessage) -> None:
        server = smtplib.SMTP(self._host, self._port, timeout=self._timeout_seconds)
        try:
            server.ehlo_or_helo_if_needed()
            if self._user or self._host not in OPEN_HOSTS:
                server.starttls(context=ssl.create_default_context())
            if self._user:
                server.login(self._user, self._password)
            server.send_message(message)
            with suppress(smtplib.SMTPException, OSError):
                server.quit()  # the mail was taken: how we part changes nothing
        finally:
            server.close()


def _attach(message: EmailMessage, name: str, content_type: str, content: bytes) -> None:
    """The parameters of the type are kept: an invitation is one by its `method=REQUEST`."""
    probe = EmailMessage()
    probe["Content-Type"] = content_type
    kind = probe["Content-Type"]
    assert isinstance(kind, ContentTypeHeader)
    params = dict(kind.params)
    message.add_attachment(
        content, maintype=kind.maintype, subtype=kind.subtype, filename=name, params=params
    )


def _raise_for(code: int, cause: Exception) -> NoReturn:
    """5xx is for ever; 4xx says later (greylisting, a full mailbox)."""
    if code >= 500:
        raise MailRefused(str(code)) from cause
    raise MailDelayed(str(code)) from cause
