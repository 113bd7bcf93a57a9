"""Replies whose webhook never came: the provider's list is read every two minutes, and what we do not
have is taken in as if it had just been brought."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from functions.messaging.domain.inbox import received
from shared.contracts.messaging import InboundText
from shared.contracts.sms import InboundSms, SmsRefused, SmsRejectedAccount, SmsThrottled, SmsUnknown
from shared.kernel.errors import Busy
from shared.kernel.records import Record
from shared.runtime.action import Request, Response, action, schedule
from shared.runtime.context import Context

LOOK_BACK = timedelta(hours=2)
TEXTS_MAX = 200


class ReconcileInbox(Request):
    pass


class Reconciled(Response):
    looked_at: int
    found: int


class InboxCursor(Record):
    """Where the next run goes on when one run could not look at everything, empty when it could; and when
    the last run was, so that after a standstill of hours nothing stays unseen."""

    kind: ClassVar[str] = "inbox_cursors"
    logged: ClassVar[bool] = False

    seen_until: datetime | None = None
    ran_at: datetime | None = None


@action(schedule("*/2 * * * *"))
def reconcile_inbox(req: ReconcileInbox, ctx: Context) -> Reconciled:
    """Take in texts that the provider has and we do not."""
    tenant = ctx.actor.tenant_id
    cursor = ctx.store.find(InboxCursor, tenant) or InboxCursor(id=tenant, tenant_id=tenant)
    since = cursor.seen_until or (cursor.ran_at or ctx.now) - LOOK_BACK
    listed = _listed(since, ctx)
    known = {one.id for one in ctx.store.find_many(InboundText, [text.sid for text in listed])}
    missing = [text for text in listed if text.sid not in known]
    for one in missing:
        _take_in(one, ctx)
    more = listed[-1].received_at if len(listed) == TEXTS_MAX else None
    ctx.store.put(cursor.but(seen_until=more, ran_at=ctx.now))
    return Reconciled(looked_at=len(listed), found=len(missing))


def _listed(since: datetime, ctx: Context) -> Sequence[InboundSms]:
    """A provider that does not answer is asked again by the next run; its own alarm is the sender's."""
    try:
        return ctx.ports.sms.inbound_since(since, TEXTS_MAX)
    except (SmsUnknown, SmsThrottled, SmsRejectedAccount, SmsRefused):
        raise Busy from None


def _take_in(one: InboundSms, ctx: Context) -> None:
    phone = ctx.ports.phones.normal(one.sender)
    key = ctx.ports.seals.lookup_key(ctx.actor.tenant_id, phone)
    text, news = received(
        one.sid, ctx.actor.tenant_id, phone, key, one.recipient, one.body, one.received_at, "reconciliation"
    )
    ctx.store.create(text, effects=(news,))
