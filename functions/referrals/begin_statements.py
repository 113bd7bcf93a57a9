"""On the first days of a month the statements of the month before are begun; a lost day is made up for."""

from functions.referrals.domain.statement import month_before, next_employers
from shared.runtime.action import Done, Request, action, schedule
from shared.runtime.context import Context


class BeginStatements(Request):
    pass


@action(schedule("0 4 1-5 * *"))
def begin_statements(req: BeginStatements, ctx: Context) -> Done:
    """Begin last month's statements of all employers."""
    ctx.store.send(next_employers(month_before(ctx.now.date()), "", ctx.now))
    return Done()
