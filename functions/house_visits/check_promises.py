"""Every night the visits of these days are asked whether they keep their promises (domain/promises.py).

Nothing is expected to be found. What is found waits for a person, as a line in the visit's log.
"""

from datetime import timedelta

from functions.house_visits.domain.checking import CheckVisits
from shared.kernel.effects import Later
from shared.runtime.action import Done, Request, action, schedule
from shared.runtime.context import Context

BACK = timedelta(days=3)
AHEAD = timedelta(days=30)
"""How far visits' windows may lie from now."""


class CheckPromises(Request):
    pass


@action(schedule("20 3 * * *"))
def check_promises(req: CheckPromises, ctx: Context) -> Done:
    """Look through the visits of the last days and the next weeks for broken promises."""
    message = CheckVisits(since=ctx.now - BACK, until=ctx.now + AHEAD, day=ctx.now.date())
    ctx.store.send(Later(key=f"check-visits-{message.day}", message=message, at=ctx.now))
    return Done()
