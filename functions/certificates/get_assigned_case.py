"""A doctor looks at a case they work on: what is asked, by when, and of whom."""

from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.views import AssignedCase, assigned_view
from shared.contracts.patients import Patient
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, get
from shared.runtime.context import Context


class GetAssignedCase(Request):
    case_id: str


@action(get("/v1/my-certificate-cases/{case_id}"), role=Role.DOCTOR, scope=Scope.ASSIGNED, audited=True)
def get_assigned_case(req: GetAssignedCase, ctx: Context) -> AssignedCase:
    """Show a case that you have reserved or examine, with the patient."""
    case = ctx.store.get(CertificateCase, req.case_id)
    patient = ctx.store.find(Patient, case.patient_id)
    if patient is not None and patient.merged_into:
        patient = ctx.store.find(Patient, patient.merged_into)
    return assigned_view(case, patient)
