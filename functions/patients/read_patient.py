"""The whole record of a patient, for staff; every reading is written to the audit."""

from functions.patients.domain.particulars import today
from functions.patients.domain.views import PatientView, view_of
from shared.contracts.patients import Patient
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, get
from shared.runtime.context import Context


class ReadPatient(Request):
    patient_id: str


@action(get("/v1/patients/{patient_id}"), role=(Role.OPERATOR, Role.ADMIN), audited=True)
def read_patient(req: ReadPatient, ctx: Context) -> PatientView:
    """Read a patient's record."""
    return view_of(ctx.store.get(Patient, req.patient_id), today(ctx.now))
