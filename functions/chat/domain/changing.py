"""A message is changed or taken back by who wrote it; what it said before is kept for the audit."""

from datetime import datetime, timedelta
from typing import Final

from functions.chat.domain.message import Earlier, Message
from shared.kernel.errors import Conflict, NotAllowed

EDIT_WINDOW: Final = timedelta(minutes=15)
EDITS_MAX: Final = 20


class NotYourMessage(NotAllowed):
    """Somebody else wrote this message."""


class EditWindowOver(Conflict):
    """A message can be changed for 15 minutes: write a new one."""


class MessageDeleted(Conflict):
    """This message was taken back."""


class TooManyEdits(Conflict):
    """This message was changed too often: write a new one."""


def edited(message: Message, seat: str, text: str, now: datetime) -> Message:
    """The same where it says so already."""
    if message.deleted_at is None and text == message.text:
        return message
    _require_own(message, seat)
    if message.deleted_at is not None:
        raise MessageDeleted
    if now > message.at + EDIT_WINDOW:
        raise EditWindowOver
    if len(message.earlier) >= EDITS_MAX:
        raise TooManyEdits
    return message.but(text=text, edited_at=now, earlier=_kept(message, now))


def deleted(message: Message, seat: str, now: datetime) -> Message:
    """A tombstone in its place: numbers have no gap. Twice is once."""
    if message.deleted_at is not None:
        return message
    _require_own(message, seat)
    return message.but(text="", document_ids=(), deleted_at=now, earlier=_kept(message, now))


def _require_own(message: Message, seat: str) -> None:
    if not message.is_from_person or message.author.seat != seat:
        raise NotYourMessage


def _kept(message: Message, now: datetime) -> tuple[Earlier, ...]:
    said = Earlier(text=message.text, document_ids=message.document_ids, until=now)
    return (*message.earlier, said)
