"""One page of the employers that have something to hear: a task for each, and one for the next page."""

from functions.referrals.domain.digest import EMPLOYERS_MAX, RoundOfDigests, SendDigest, waiting_anywhere
from functions.referrals.domain.reminders import Reminder
from shared.kernel.effects import Later
from shared.runtime.action import Response, action, task
from shared.runtime.context import Context


class Rounds(Response):
    employers: int


@action(task("reminders"))
def round_of_digests(req: RoundOfDigests, ctx: Context) -> Rounds:
    """Ask for a digest for each employer that has something to hear."""
    after, hour = req.after, f"{ctx.now:%Y-%m-%d-%H}"
    for number in range(EMPLOYERS_MAX):
        found = ctx.store.select(Reminder, waiting_anywhere(after))
        if not found:
            return Rounds(employers=number)
        after = found[0].employer_id
        message = SendDigest(employer_id=after, day=req.day)
        ctx.store.send(Later(key=f"digest-{after}-{hour}", message=message, at=ctx.now))
    following = req.but(after=after)
    ctx.store.send(Later(key=f"digests-{hour}-{after}", message=following, at=ctx.now))
    return Rounds(employers=EMPLOYERS_MAX)
