"""Every night the visits of these days, and the texts that came in, are asked whether they keep their
promises (domain/promises.py, domain/text_promises.py).

Nothing is expected to be found. What is found waits for a person, as a line in the visit's log; a text, in
the list of those that a person must read.
"""

from datetime import timedelta

from functions.house_visits.domain.checking import CheckTexts, CheckVisits
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
    """Look through the visits of these weeks, and the texts of the last days, for broken promises."""
    since, day = ctx.now - BACK, ctx.now.date()
    visits = CheckVisits(since=since, until=ctx.now + AHEAD, day=day)
    texts = CheckTexts(since=since, day=day)
    ctx.store.send(Later(key=f"check-visits-{day}", message=visits, at=ctx.now))
    ctx.store.send(Later(key=f"check-texts-{day}", message=texts, at=ctx.now))
    return Done()
