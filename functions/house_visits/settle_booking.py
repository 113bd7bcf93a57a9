"""The way out when a clinic's system stays silent: an operator phones the clinic and records what it says."""

from typing import Annotated, Literal

from pydantic import Field

from functions.house_visits.domain.clinic_settling import settled_booked, settled_not_booked
from functions.house_visits.domain.views import VisitView, staff_view
from functions.house_visits.domain.visit import Visit
from shared.kernel.actors import Role
from shared.kernel.records import Decision, Value
from shared.kernel.times import Instant
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class Booked(Value):
    kind: Literal["booked"]
    starts_at: Instant
    ends_at: Instant


class NotBooked(Value):
    kind: Literal["not_booked"]


class SettleBooking(Request):
    visit_id: str
    outcome: Annotated[Booked | NotBooked, Field(discriminator="kind")]


@action(post("/v1/house-visits/{visit_id}:settle-booking"), role=Role.OPERATOR)
def settle_booking(req: SettleBooking, ctx: Context) -> VisitView:
    """Record by hand whether a clinic that does not answer has booked a visit."""

    def settled(visit: Visit) -> Decision[Visit]:
        if isinstance(req.outcome, Booked):
            return settled_booked(visit, req.outcome.starts_at, req.outcome.ends_at, ctx.now)
        return settled_not_booked(visit, ctx.now)

    return staff_view(ctx.store.change(Visit, req.visit_id, settled))
