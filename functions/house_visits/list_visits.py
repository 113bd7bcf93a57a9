"""The call centre's list: what is coming, and what waits for a person."""

from pydantic import Field

from functions.house_visits.domain.listing import VisitFilter, VisitRow, row_of, visits_where
from functions.house_visits.domain.visit import Visit, VisitStatus
from shared.kernel.actors import Role
from shared.kernel.times import Instant
from shared.runtime.action import Page, Response, action, get
from shared.runtime.context import Context
from shared.runtime.pages import page_of


class ListVisits(Page):
    """What is left out is not asked about."""

    status: VisitStatus | None = None
    waits_for_person: bool | None = None
    specialization: str | None = Field(None, max_length=60)
    patient_id: str | None = Field(None, max_length=60)
    window_from: Instant | None = None
    window_to: Instant | None = None


class Visits(Response):
    visits: tuple[VisitRow, ...]
    next_page_token: str


@action(get("/v1/house-visits"), role=(Role.OPERATOR, Role.ADMIN))
def list_visits(req: ListVisits, ctx: Context) -> Visits:
    """List visits by their time, the soonest first."""
    wanted = VisitFilter(
        status=req.status,
        waits_for_person=req.waits_for_person,
        specialization=req.specialization,
        patient_id=req.patient_id,
        since=req.window_from,
        until=req.window_to,
    )
    found, next_page = page_of(ctx, Visit, req, visits_where(wanted))
    return Visits(visits=tuple(row_of(one) for one in found), next_page_token=next_page)
