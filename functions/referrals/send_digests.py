"""After the morning's looking every employer that has something to hear gets a digest; none twice a day.

It comes back every hour until noon: what was found late is told as well, or on the next day where the
employer has had its digest already.
"""

from zoneinfo import ZoneInfo

from functions.referrals.domain.digest import RoundOfDigests
from shared.kernel.effects import Later
from shared.runtime.action import Done, Request, action, schedule
from shared.runtime.context import Context


class SendDigests(Request):
    pass


@action(schedule("0 7-12 * * *"))
def send_digests(req: SendDigests, ctx: Context) -> Done:
    """Begin the round of the employers that are to be reminded."""
    now = ctx.now.astimezone(ZoneInfo(ctx.settings.zone))
    message = RoundOfDigests(day=now.date())
    ctx.store.send(Later(key=f"digests-{now:%Y-%m-%d-%H}", message=message, at=ctx.now))
    return Done()
