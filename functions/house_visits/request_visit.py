"""An operator takes a call: somebody needs a doctor at home.

The address is looked up where it has no position yet; a geocoder that is down never stops a call.
"""

from pydantic import Field

from functions.house_visits.domain.address import Address, Caller
from functions.house_visits.domain.patient_day import PatientDay, day_id, refuse_similar
from functions.house_visits.domain.requesting import Wish, request
from functions.house_visits.domain.views import VisitView, staff_view
from functions.house_visits.domain.visit import Visit
from shared.contracts.geocoding import AddressQuery, GeocodeQuality
from shared.contracts.patients import Patient
from shared.contracts.specializations import Specialization
from shared.kernel.actors import Role
from shared.kernel.times import PreferredWindow
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class RequestVisit(Request):
    """`caller` is who phones when that is not the patient; `address.position` is a pin set by hand.

    `although_similar`: the patient has an open visit at that time, and needs this one as well.
    """

    patient_id: str
    caller: Caller | None = None
    address: Address
    window: PreferredWindow
    specialization: Specialization
    reason: str = Field("", max_length=1000)
    urgent: bool = False
    although_similar: bool = False


@action(post("/v1/house-visits"), role=Role.OPERATOR)
def request_visit(req: RequestVisit, ctx: Context) -> VisitView:
    """Open a home visit for a patient."""
    day = _day_of(req, ctx)
    patient = ctx.store.get(Patient, req.patient_id)
    wish = Wish(
        address=_placed(req.address, ctx),
        caller=req.caller,
        window=req.window,
        specialization=req.specialization,
        reason=req.reason,
        urgent=req.urgent,
    )
    visit = request(ctx.new_id(), patient, wish, ctx.actor.user_id, ctx.now)
    ctx.store.put(day.with_visit(visit.id))
    return staff_view(ctx.store.create(visit, "requested", urgent=req.urgent))


def _day_of(req: RequestVisit, ctx: Context) -> PatientDay:
    """Read together with the patient; the visits on it only where there are some."""
    key = day_id(req.patient_id, req.window.day)
    ctx.store.prefetch((Patient, req.patient_id), (PatientDay, key))
    day = ctx.store.find(PatientDay, key) or PatientDay(id=key, tenant_id=ctx.actor.tenant_id)
    if day.visit_ids and not req.although_similar:
        refuse_similar(req.window, ctx.store.find_many(Visit, day.visit_ids))
    return day


def _placed(address: Address, ctx: Context) -> Address:
    if address.position is not None:
        return address.but(quality=GeocodeQuality.MANUAL_PIN)
    asked = AddressQuery(
        street=address.line, postcode=address.postcode, city=address.city, country=address.country
    )
    found = ctx.ports.geocoder.locate(asked)
    if found.found is None:
        return address.but(quality=GeocodeQuality.NONE)
    return address.but(position=found.found.position, quality=found.quality)
