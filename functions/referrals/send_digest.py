"""An employer's digest of the day: what waits is told or dropped, as things are now, in one commit."""

from functions.referrals.domain.digest import (
    ROWS_MAX,
    CloseDigest,
    ReminderDigest,
    SendDigest,
    digest_id,
    waiting_at,
)
from functions.referrals.domain.digest_desk import desk_of, facts_of
from functions.referrals.domain.digesting import why_not, written
from functions.referrals.domain.reminders import Reminder
from shared.kernel.effects import Later
from shared.runtime.action import Needs, Response, action, task
from shared.runtime.context import Context


class DigestSent(Response):
    told: int
    dropped: int


@action(task("reminders"), needs=Needs(timeout_seconds=60))
def send_digest(req: SendDigest, ctx: Context) -> DigestSent:
    """Remind an employer of the certificates whose dates come nearer, once a day."""
    key = digest_id(req.employer_id, req.day)
    if ctx.store.find(ReminderDigest, key) is not None:
        return DigestSent(told=0, dropped=0)
    waiting = ctx.store.select(Reminder, waiting_at(req.employer_id), to_change=True)
    desk, facts = desk_of(ctx.store, req.employer_id, ctx.settings), facts_of(ctx.store, waiting)
    reasons = {one.id: why_not(one, desk, facts, req.day) for one in waiting}
    told = [one for one in waiting if not reasons[one.id]]
    for one in waiting:
        reason = reasons[one.id]
        ctx.store.put(one.but(dropped=reason) if reason else one.but(digest_id=key))
    full = len(waiting) == ROWS_MAX
    if told and desk is not None:
        ctx.store.apply(written(desk, req.day, told, facts, full))
    if full:
        following = CloseDigest(digest_id=key) if told else req.but(page=req.page + 1)
        ctx.store.send(Later(key=f"{key}-on-{req.page}", message=following, at=ctx.now))
    return DigestSent(told=len(told), dropped=len(waiting) - len(told))
