"""What the messaging module announces: texts that came in, and what became of texts that went out."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from shared.kernel.effects import Message
from shared.kernel.records import Record, Sealed


class InboundText(Record):
    """A text that reached one of our numbers; its id is the provider's, so that it exists once.

    `phone_key` finds the phone's open offers without holding the phone in a name.
    """

    kind: ClassVar[str] = "inbound_texts"
    logged: ClassVar[bool] = False

    sender: Sealed
    phone_key: str
    recipient: str
    body: Sealed
    received_at: datetime
    found_by: str  # "webhook" or "reconciliation"
    outcome: str = ""  # bound, asked_back, to_operator, ignored; to_operator becomes settled
    reason: str = ""


class SmsReceived(Message):
    """`phone_key` lets the reader fetch the text and the phone's desk at once."""

    text_id: str
    phone_key: str


class SmsStatus(StrEnum):
    """Ranked: a later rank is never undone by an earlier one that arrives late."""

    QUEUED = "queued"
    SENDING = "sending"
    DELAYED = "delayed"  # the provider is out or throttles: we hold the text back
    SENT = "sent"
    UNKNOWN = "unknown"  # it may have gone out; the provider's log does not show it
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"


class SmsStatusChanged(Message):
    """`letter_id` is the key of the effect that sent it, `about` the record it speaks of."""

    letter_id: str
    about: str
    status: SmsStatus
    error_code: int = 0
    permanent: bool = False


class SmsLost(Message):
    """A text did not arrive, as far as anybody knows: for those whom no other news of texts concern, which
    are many. `letter_id` and `about` as above."""

    letter_id: str
    about: str


class MailFailed(Message):
    """A server said a definite no to a mail. `letter_id` is the key of the effect, `about` the record it
    speaks of."""

    letter_id: str
    about: str


class PhoneOptedOut(Message):
    phone_key: str
    opted_out: bool
    text_id: str = ""
