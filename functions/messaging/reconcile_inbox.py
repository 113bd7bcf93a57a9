"""Replies whose webhook never came: the provider's list is read every two minutes, and what we do not
have is taken in as if it had just been brought."""

from datetime import timedelta

from functions.messaging.domain.inbox import received
from shared.contracts.messaging import InboundText
from shared.runtime.action import Request, Response, action, schedule
from shared.runtime.context import Context

LOOK_BACK = timedelta(hours=2)
TEXTS_MAX = 200


class ReconcileInbox(Request):
    pass


class Reconciled(Response):
    looked_at: int
    found: int


@action(schedule("*/2 * * * *"))
def reconcile_inbox(req: ReconcileInbox, ctx: Context) -> Reconciled:
    """Take in texts that the provider has and we do not."""
    listed = ctx.ports.sms.inbound_since(ctx.now - LOOK_BACK, TEXTS_MAX)
    known = {one.id for one in ctx.store.find_many(InboundText, [text.sid for text in listed])}
    missing = [text for text in listed if text.sid not in known]
    for one in missing:
        phone = ctx.ports.phones.normal(one.sender)
        key = ctx.ports.seals.lookup_key(ctx.actor.tenant_id, phone)
        text, news = received(
            one.sid,
            ctx.actor.tenant_id,
            phone,
            key,
            one.recipient,
            one.body,
            one.received_at,
            "reconciliation",
        )
        ctx.store.create(text, effects=(news,))
    return Reconciled(looked_at=len(listed), found=len(missing))
