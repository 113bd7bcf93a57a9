"""A person sets the place of a visit on the map: possible at any time, whatever a geocoder said before."""

from functions.house_visits.domain.keeping import pinned
from functions.house_visits.domain.views import VisitView, staff_view
from functions.house_visits.domain.visit import Visit
from shared.kernel.actors import Role
from shared.kernel.places import Position
from shared.runtime.action import Request, action, patch
from shared.runtime.context import Context


class PinAddress(Request):
    visit_id: str
    position: Position


@action(patch("/v1/house-visits/{visit_id}/position"), role=Role.OPERATOR)
def pin_address(req: PinAddress, ctx: Context) -> VisitView:
    """Set the place of a visit by hand."""
    return staff_view(ctx.store.change(Visit, req.visit_id, lambda visit: pinned(visit, req.position)))
