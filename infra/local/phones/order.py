"""Reads an order to send a message, refusing what Twilio refuses."""

import re
import zlib
from datetime import datetime
from typing import Final

from infra.local.phones.account import Account
from infra.local.phones.messages import Direction, Message, Status, new_sid
from infra.local.phones.refusals import TwilioError
from shared.kernel.gsm import segments

E164: Final = re.compile(r"\+[1-9]\d{6,14}")
URL: Final = re.compile(r"https?://[^\s/]+(?:/\S*)?")
BODY_MAX: Final = 1_600
VALIDITY_SECONDS_MAX: Final = 36_000


def message_from(form: dict[str, str], account: Account, now: datetime) -> Message:
    """Raises TwilioError."""
    recipient, body, status_url = form.get("To", ""), form.get("Body", ""), form.get("StatusCallback", "")
    _refuse_if(not recipient, 21604)
    _refuse_if(not E164.fullmatch(recipient), 21211)
    sender = _sender(form, account, recipient)
    _refuse_if(sender == recipient, 21266)
    _refuse_if(not body, 21602)
    _refuse_if(len(body) > BODY_MAX, 21617)
    _refuse_if(bool(status_url) and not URL.fullmatch(status_url), 21609)
    return Message(
        sid=new_sid(),
        direction=Direction.OUTBOUND,
        sender=sender,
        recipient=recipient,
        body=body,
        segments=segments(body).segments,
        status=Status.QUEUED,
        created_at=now,
        updated_at=now,
        service_sid=form.get("MessagingServiceSid", "") or account.service_sid,
        status_url=status_url,
        validity_seconds=_validity(form.get("ValidityPeriod", str(VALIDITY_SECONDS_MAX))),
    )


def _sender(form: dict[str, str], account: Account, recipient: str) -> str:
    """The number asked for, or the one that the messaging service always takes for this phone."""
    service, sender = form.get("MessagingServiceSid", ""), form.get("From", "")
    _refuse_if(not service and not sender, 21603)
    _refuse_if(bool(service) and service != account.service_sid, 21701)
    if not sender:
        return account.senders[zlib.crc32(recipient.encode()) % len(account.senders)]
    _refuse_if(sender not in account.senders, 21606)
    return sender


def _validity(text: str) -> int:
    _refuse_if(not text.isdigit() or not 1 <= int(text) <= VALIDITY_SECONDS_MAX, 21624)
    return int(text)


def _refuse_if(wrong: bool, code: int) -> None:
    if wrong:
        raise TwilioError(code)
