"""A doctor's own visits: where they are expected, the soonest first."""

from functions.house_visits.domain.doctor_lists import AssignedRow, assigned_row_of, assigned_visits
from functions.house_visits.domain.visit import Visit
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Page, Response, action, get
from shared.runtime.context import Context
from shared.runtime.pages import page_of


class ListAssignedVisits(Page):
    pass


class AssignedVisits(Response):
    visits: tuple[AssignedRow, ...]
    next_page_token: str


@action(get("/v1/my-assigned-visits"), role=Role.DOCTOR, scope=Scope.ASSIGNED)
def list_assigned_visits(req: ListAssignedVisits, ctx: Context) -> AssignedVisits:
    """List the visits you have taken and not yet made."""
    found, next_page = page_of(ctx, Visit, req, assigned_visits(ctx.actor.record_id))
    return AssignedVisits(visits=tuple(assigned_row_of(one) for one in found), next_page_token=next_page)
