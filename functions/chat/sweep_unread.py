"""The guarantee behind the timers of unread messages: whose task was lost is looked after all the same."""

from functions.chat.domain.marker import ReadMarker
from functions.chat.domain.nudging import asked, overdue
from shared.runtime.action import Needs, Request, Response, action, schedule
from shared.runtime.context import Context


class SweepUnread(Request):
    pass


class UnreadSwept(Response):
    overdue: int


@action(schedule("*/5 * * * *"), needs=Needs(timeout_seconds=300))
def sweep_unread(req: SweepUnread, ctx: Context) -> UnreadSwept:
    """Look after every unread message whose timer was lost."""
    found = ctx.store.select(ReadMarker, overdue(ctx.now))
    for marker in found:
        ctx.at_once(asked(marker))
    return UnreadSwept(overdue=len(found))
