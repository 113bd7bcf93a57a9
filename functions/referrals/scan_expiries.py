"""Every morning certificates are looked through for dates that come nearer, in shares that run side by side.

A day that was missed is caught up: certificates say themselves when somebody should look, and stay found
until somebody has.
"""

from functions.referrals.domain.look_days import SHARDS
from functions.referrals.domain.reminders import ScanShard
from shared.kernel.effects import Later
from shared.kernel.times import day_in
from shared.runtime.action import Done, Request, action, schedule
from shared.runtime.context import Context


class ScanExpiries(Request):
    pass


@action(schedule("0 5 * * *"))
def scan_expiries(req: ScanExpiries, ctx: Context) -> Done:
    """Begin to look for certificates that will expire."""
    day = day_in(ctx.settings.zone, ctx.now)
    ctx.store.send(
        *(
            Later(key=f"expiries-{day}-{shard}", message=ScanShard(day=day, shard=shard), at=ctx.now)
            for shard in range(SHARDS)
        )
    )
    return Done()
