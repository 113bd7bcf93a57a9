"""Letters a rule may write. They are data: the outbox performs them after the commit.

Every effect has a `key` that is the same whenever the same thing is meant, so that it is written,
claimed and performed once however often the rule is asked.
"""

from datetime import datetime
from typing import ClassVar

from pydantic import ConfigDict, Field

from shared.kernel.records import Sealed, Value


class Message(Value):
    """Something said to an action, by a task or a topic. Ids only: messages rest in queues."""


class ForeignMessage(Message):
    """Said by a system that knows no envelopes of ours, on a topic of its own name, and read as it comes."""

    model_config = ConfigDict(extra="ignore")

    topic_name: ClassVar[str]

    @property
    def tenant_id(self) -> str:
        """Whom it concerns, where the message itself can tell; "" is the tenant of the deployment."""
        return ""


class Guard(Value):
    """An effect performed late happens only while the record still is in this epoch and, where a list
    is named, still has the entry in it (of the fields that are stored beside the record's own)."""

    kind: str
    record_id: str
    epoch: int
    listed_in: str = ""
    entry: str = ""


class Effect(Value):
    key: str = Field(min_length=1, max_length=200)
    guard: Guard | None = None


class Later(Effect):
    """Run the action whose request is `message`, at or soon after `at` (at most 30 days ahead)."""

    message: Message
    at: datetime


class Publish(Effect):
    """Tell every action that listens to this kind of message."""

    message: Message


class SendAgain(Effect):
    """A message that was buried, as it was: `target` is an entry point, or `topic:` and its name."""

    target: str
    body: str


class SendSms(Effect):
    """Text `to` from `sender`.

    `marker` is a piece of the body by which the provider's log tells this message from others to the
    same phone. `once`: rather lost than sent twice; what is not `once` is tried more often while its
    outcome is unknown.
    """

    to: Sealed
    sender: str
    body: Sealed
    marker: str
    valid_until: datetime
    about: str  # the id of the record it speaks of
    once: bool = True
    notice: str = ""  # its name in contracts.notices; "" in letters that were written before there were names


class Attachment(Value):
    name: str
    content_type: str
    text: Sealed


class SendMail(Effect):
    """Mail `to`; at least once, at most twice, with a stable Message-ID made of the key."""

    to: Sealed
    subject: Sealed
    text: Sealed
    html: Sealed = ""
    attachments: tuple[Attachment, ...] = ()
    about: str
    notice: str = ""  # as of SendSms
