"""Somebody was not there: the doctor did not come, or nobody opened the door."""

from functions.house_visits.domain.diaries import forget
from functions.house_visits.domain.keeping import OnlyThePatient, no_show
from functions.house_visits.domain.missing import Who
from functions.house_visits.domain.visit import Visit, VisitStatus
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, Response, action, post
from shared.runtime.context import Context


class ReportNoShow(Request):
    """`who` was not there. A doctor reports the patient; an operator either."""

    visit_id: str
    who: Who


class NoShowReported(Response):
    """`status` is `no_show`, or that of a search which goes on because there is time left."""

    visit_id: str
    version: int
    status: VisitStatus


@action(
    post("/v1/house-visits/{visit_id}:report-no-show"),
    role=(Role.OPERATOR, Role.DOCTOR),
    scope=Scope.ASSIGNED,
)
def report_no_show(req: ReportNoShow, ctx: Context) -> NoShowReported:
    """Report that the doctor did not come, or that nobody was at home."""
    before = ctx.store.get(Visit, req.visit_id)
    if req.who == "doctor" and not ctx.actor.is_staff:
        raise OnlyThePatient
    after = ctx.store.change(Visit, before.id, lambda visit: no_show(visit, req.who, ctx.now))
    if after.winner is None:
        forget(before, ctx.store)
    return NoShowReported(visit_id=after.id, version=after.version, status=after.status)
