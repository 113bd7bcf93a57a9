"""A mail as it leaves us, and the ways in which a server says no."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OutboundMail:
    """`attachments`: (name, content type, bytes). `message_id` is stable: a second copy is told apart."""

    to: str
    subject: str
    text: str
    html: str
    attachments: tuple[tuple[str, str, bytes], ...]
    message_id: str


class MailRefused(Exception):
    """A definite no: nothing was sent."""


class MailDelayed(Exception):
    """Not now: nothing was sent, try again later."""


class MailUnknown(Exception):
    """Timeout or a lost connection: it may have been sent."""
