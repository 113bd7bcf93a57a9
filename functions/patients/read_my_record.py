"""A patient's own record, for the patient; whose it is stands in the token, not in the URL."""

from functions.patients.domain.particulars import today
from functions.patients.domain.views import PatientView, view_of
from shared.contracts.patients import Patient
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, get
from shared.runtime.context import Context


class ReadMyRecord(Request):
    pass


@action(get("/v1/my-record"), role=Role.PATIENT, scope=Scope.OWN, audited=True)
def read_my_record(req: ReadMyRecord, ctx: Context) -> PatientView:
    """Read your own record."""
    return view_of(ctx.store.get(Patient, ctx.actor.record_id), today(ctx.now))
