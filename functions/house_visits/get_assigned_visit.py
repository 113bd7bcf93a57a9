"""A doctor looks at a visit they have taken: where to go, to whom, and what they should bring."""

from functions.house_visits.domain.own_views import AssignedVisit, assigned_view
from functions.house_visits.domain.visit import Visit
from shared.contracts.patients import Patient
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, get
from shared.runtime.context import Context


class GetAssignedVisit(Request):
    visit_id: str


@action(get("/v1/my-assigned-visits/{visit_id}"), role=Role.DOCTOR, scope=Scope.ASSIGNED, audited=True)
def get_assigned_visit(req: GetAssignedVisit, ctx: Context) -> AssignedVisit:
    """Show a visit you have taken, with the address and the patient."""
    visit = ctx.store.get(Visit, req.visit_id)
    patient = ctx.store.find(Patient, visit.patient_id)
    if patient is not None and patient.merged_into:
        patient = ctx.store.find(Patient, patient.merged_into)
    return assigned_view(visit, patient)
