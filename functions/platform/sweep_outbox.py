"""Perform the letters that somebody left behind.

A function that dies between its commit and its letters leaves them in the outbox; every minute this
finds them. A text that may have gone out is looked up at the provider before it is sent again.
"""

from shared.runtime.action import Request, Response, action, schedule
from shared.runtime.context import Context


class SweepOutbox(Request):
    pass


class Swept(Response):
    found: int


@action(schedule("* * * * *"))
def sweep_outbox(req: SweepOutbox, ctx: Context) -> Swept:
    """Send what is due in the outbox and was not sent."""
    return Swept(found=ctx.outbox.sweep(ctx.now))
