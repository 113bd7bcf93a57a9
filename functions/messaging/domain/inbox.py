"""Texts that come in: kept once each, whoever brings them, the webhook or the reconciliation."""

from datetime import datetime

from shared.contracts.messaging import InboundText, SmsReceived
from shared.kernel.effects import Publish

BODY_MAX = 1600


def received(
    sid: str,
    tenant_id: str,
    sender: str,
    phone_key: str,
    recipient: str,
    body: str,
    at: datetime,
    found_by: str,
) -> tuple[InboundText, Publish]:
    """The text as kept, and the news of it. Its id is the provider's: a second copy finds it there."""
    text = InboundText(
        id=sid,
        tenant_id=tenant_id,
        sender=sender,
        phone_key=phone_key,
        recipient=recipient,
        body=body[:BODY_MAX],
        received_at=at,
        found_by=found_by,
    )
    return text, Publish(key=f"received-{sid}", message=SmsReceived(text_id=sid, phone_key=phone_key))
