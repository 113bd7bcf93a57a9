"""Texts that a person must read: no offer fits them, or they ask what no rule can answer."""

from datetime import datetime
from typing import Literal

from functions.messaging.domain.inbox import texts_with
from shared.contracts.messaging import InboundText
from shared.kernel.actors import Role
from shared.runtime.action import Page, Response, action, get
from shared.runtime.context import Context
from shared.runtime.pages import page_of


class ListTexts(Page):
    outcome: Literal["to_operator", "asked_back", "bound", "ignored", "settled"] = "to_operator"


class TextRow(Response):
    """`reason` says why it came to a person; `sender` is the phone to call back."""

    text_id: str
    sender: str
    recipient: str
    body: str
    received_at: datetime
    outcome: str
    reason: str


class Texts(Response):
    texts: tuple[TextRow, ...]
    next_page_token: str


@action(get("/v1/texts"), role=(Role.OPERATOR, Role.ADMIN), audited=True)
def list_texts(req: ListTexts, ctx: Context) -> Texts:
    """List inbound texts by what became of them, the newest first."""
    found, next_page = page_of(ctx, InboundText, req, texts_with(req.outcome))
    return Texts(texts=tuple(_row(one) for one in found), next_page_token=next_page)


def _row(text: InboundText) -> TextRow:
    return TextRow(
        text_id=text.id,
        sender=text.sender,
        recipient=text.recipient,
        body=text.body,
        received_at=text.received_at,
        outcome=text.outcome,
        reason=text.reason,
    )
