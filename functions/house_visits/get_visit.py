"""One visit with everything about it, for staff; reading it is written to the audit."""

from functions.house_visits.domain.views import VisitView, staff_view
from functions.house_visits.domain.visit import Visit
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, get
from shared.runtime.context import Context


class GetVisit(Request):
    visit_id: str


@action(get("/v1/house-visits/{visit_id}"), role=(Role.OPERATOR, Role.ADMIN), audited=True)
def get_visit(req: GetVisit, ctx: Context) -> VisitView:
    """Show a visit: its state, its search, its winner and what waits for a person."""
    return staff_view(ctx.store.get(Visit, req.visit_id))
