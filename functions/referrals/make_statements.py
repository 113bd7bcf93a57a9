"""A page of employers: each gets its statement made, and the next page is begun."""

from functions.referrals.domain.statement import (
    EMPLOYERS_A_PAGE,
    MakeStatements,
    make_letter,
    next_employers,
)
from shared.contracts.directory import Employer
from shared.kernel.ports import Query
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("referrals"))
def make_statements(req: MakeStatements, ctx: Context) -> Done:
    """Begin the statements of a page of employers."""
    after = (req.after,) if req.after else ()
    query = Query(Employer.kind, order=(("id", "asc"),), after=after, limit=EMPLOYERS_A_PAGE)
    found = ctx.store.select(Employer, query)
    ctx.store.send(*(make_letter(one.id, req.month, ctx.now) for one in found))
    if len(found) == EMPLOYERS_A_PAGE:
        ctx.store.send(next_employers(req.month, found[-1].id, ctx.now))
    return Done()
