"""Texts that come in: kept once each, whoever brings them, the webhook or the reconciliation."""

from datetime import datetime

from shared.contracts.messaging import InboundText, SmsReceived
from shared.kernel.effects import Publish
from shared.kernel.errors import Conflict
from shared.kernel.ports import Query

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


class TextDoesNotWait(Conflict):
    """This text does not wait for a person."""


def texts_with(outcome: str) -> Query:
    return Query(
        InboundText.kind,
        where=(("outcome", "==", outcome),),
        order=(("received_at", "desc"), ("id", "asc")),
    )


def settled(text: InboundText) -> InboundText:
    if text.outcome == "settled":
        return text
    if text.outcome != "to_operator":
        raise TextDoesNotWait
    return text.but(outcome="settled")
