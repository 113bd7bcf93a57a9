"""Mails that were caught, parsed for the page; the newest are kept."""

import threading
import uuid
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern

from pydantic import BaseModel, ConfigDict, Field

MAILS_MAX = 2_000
KEPT_BYTES_MAX = 200_000_000


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class Attachment(_Value):
    name: str
    content_type: str
    size: int
    content: bytes = Field(exclude=True)


class Mail(_Value):
    """`copy_number` counts mails with this Message-ID: 2 is a mail that was sent twice."""

    id: str
    message_id: str
    sender: str
    recipients: tuple[str, ...]
    subject: str
    received_at: datetime
    text: str
    html: str
    attachments: tuple[Attachment, ...]
    copy_number: int = 1
    raw: bytes = Field(exclude=True)


def parse(raw: bytes, sender: str, recipients: tuple[str, ...], received_at: datetime) -> Mail:
    message = message_from_bytes(raw, policy=modern)
    assert isinstance(message, EmailMessage)  # that is what this policy makes
    return Mail(
        id=uuid.uuid4().hex,
        message_id=str(message.get("Message-ID", "")).strip(),
        sender=sender,
        recipients=recipients,
        subject=str(message.get("Subject", "")),
        received_at=received_at,
        text=_body(message, "plain"),
        html=_body(message, "html"),
        attachments=tuple(_attachment(part) for part in message.iter_attachments()),
        raw=raw,
    )


class Mails:
    """`version` changes with every mail, and from one start to the next."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.version = ""
        self._mails: dict[str, Mail] = {}
        self._bytes = 0

    def add(self, mail: Mail) -> None:
        with self._lock:
            copies = sum(
                1 for one in self._mails.values() if mail.message_id and one.message_id == mail.message_id
            )
            self._mails[mail.id] = mail.model_copy(update={"copy_number": copies + 1})
            self._bytes += len(mail.raw)
            self.version = mail.id
            while len(self._mails) > MAILS_MAX or self._bytes > KEPT_BYTES_MAX:
                self._bytes -= len(self._mails.pop(next(iter(self._mails))).raw)

    def get(self, id: str) -> Mail | None:
        with self._lock:
            return self._mails.get(id)

    def newest_first(self) -> list[Mail]:
        with self._lock:
            return list(self._mails.values())[::-1]

    def clear(self) -> None:
        with self._lock:
            self._mails.clear()
            self._bytes = 0
            self.version = ""


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""


def _attachment(part: EmailMessage) -> Attachment:
    content = part.get_payload(decode=True)
    found = content if isinstance(content, bytes) else b""
    return Attachment(
        name=part.get_filename() or "attachment",
        content_type=part.get_content_type(),
        size=len(found),
        content=found,
    )
