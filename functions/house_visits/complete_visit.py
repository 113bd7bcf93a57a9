"""The visit has taken place."""

from functions.house_visits.domain.keeping import completed
from functions.house_visits.domain.visit import Visit
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, Response, action, post
from shared.runtime.context import Context


class CompleteVisit(Request):
    visit_id: str


class VisitCompleted(Response):
    visit_id: str
    version: int


@action(post("/v1/house-visits/{visit_id}:complete"), role=(Role.OPERATOR, Role.DOCTOR), scope=Scope.ASSIGNED)
def complete_visit(req: CompleteVisit, ctx: Context) -> VisitCompleted:
    """Say that a visit has taken place."""
    visit = ctx.store.change(Visit, req.visit_id, lambda visit: completed(visit, ctx.now))
    return VisitCompleted(visit_id=visit.id, version=visit.version)
