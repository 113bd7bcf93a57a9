"""Every night referrals, packages and reminders are asked whether they keep their promises
(domain/promises.py, domain/reminder_promises.py). Nothing is expected to be found."""

from datetime import timedelta
from typing import Final

from functions.referrals.domain.checking import CheckReferrals, CheckReminders, CheckUnits
from shared.kernel.effects import Later
from shared.runtime.action import Done, Request, action, schedule
from shared.runtime.context import Context

BACK: Final = timedelta(days=3)
AHEAD: Final = timedelta(days=30)
"""How far the last days of referrals may lie from today: each is looked at before it ends, and after."""


class CheckPromises(Request):
    pass


@action(schedule("0 4 * * *"))
def check_promises(req: CheckPromises, ctx: Context) -> Done:
    """Look through referrals, what packages hold, and the reminders of the last days for broken promises."""
    day = ctx.now.date()
    for name, message in (
        ("referrals", CheckReferrals(since=day - BACK, until=day + AHEAD, day=day)),
        ("units", CheckUnits(day=day)),
        ("reminders", CheckReminders(since=day - BACK, day=day)),
    ):
        ctx.store.send(Later(key=f"check-{name}-{day}", message=message, at=ctx.now))
    return Done()
