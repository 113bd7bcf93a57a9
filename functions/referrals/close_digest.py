"""Reminders that had no room in the mail of the day: it led to the whole list, so they are told."""

from functions.referrals.domain.digest import ROWS_MAX, CloseDigest, ReminderDigest, left_for
from functions.referrals.domain.reminders import Reminder
from shared.kernel.effects import Later
from shared.runtime.action import Response, action, task
from shared.runtime.context import Context


class Closed(Response):
    told: int


@action(task("reminders"))
def close_digest(req: CloseDigest, ctx: Context) -> Closed:
    """Note which reminders a digest has told without a row of their own."""
    digest = ctx.store.find(ReminderDigest, req.digest_id)
    if digest is None:
        return Closed(told=0)
    left = ctx.store.select(Reminder, left_for(digest), to_change=True)
    for one in left:
        ctx.store.put(one.but(digest_id=digest.id))
    if len(left) == ROWS_MAX:
        following = req.but(page=req.page + 1)
        ctx.store.send(Later(key=f"{digest.id}-close-{following.page}", message=following, at=ctx.now))
    return Closed(told=len(left))
