"""A patient looks at their own visit: whether somebody comes, who, and when."""

from functions.house_visits.domain.own_views import OwnVisit, own_view
from functions.house_visits.domain.visit import Visit
from shared.contracts.directory import Clinic, Doctor
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, get
from shared.runtime.context import Context


class GetOwnVisit(Request):
    visit_id: str


@action(get("/v1/my-visits/{visit_id}"), role=Role.PATIENT, scope=Scope.OWN)
def get_own_visit(req: GetOwnVisit, ctx: Context) -> OwnVisit:
    """Show your own visit."""
    visit = ctx.store.get(Visit, req.visit_id)
    winner = visit.winner
    doctor = ctx.store.find(Doctor, winner.doctor_id) if winner and winner.doctor_id else None
    clinic = ctx.store.find(Clinic, winner.clinic_id) if winner and winner.clinic_id else None
    return own_view(visit, doctor, clinic)
