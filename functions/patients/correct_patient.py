"""Change what is on file about a patient.

`If-Match` with the ETag of the record keeps two people from overwriting each other. Key documents follow
the identifiers in the same commit: a new one is claimed, one that stood there in error becomes free.
"""

from functions.patients.domain.correction import Correction, corrected, keys_owned
from functions.patients.domain.identity import Checks, refuse_foreign
from functions.patients.domain.particulars import today
from functions.patients.domain.views import PatientView, view_of
from shared.contracts.patients import IdentifierKey, Patient
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, patch
from shared.runtime.context import Context


class CorrectPatient(Request, Correction):
    patient_id: str


@action(patch("/v1/patients/{patient_id}"), role=Role.OPERATOR, audited=True)
def correct_patient(req: CorrectPatient, ctx: Context) -> PatientView:
    """Correct a patient's record; identifiers that end stay in its history."""
    before = ctx.store.get(Patient, req.patient_id)
    checks = Checks(ctx.ports.identifiers, ctx.ports.seals, ctx.actor.tenant_id)
    born = req.birth_date or before.birth_date
    added = checks.all_given(req.add_identifiers, req.newborn, born, "/add_identifiers")
    refuse_foreign(ctx.store.find_many(IdentifierKey, [one.key for one in added]), before.id)
    after = ctx.store.change(
        Patient, before.id, lambda it: corrected(it, req, added, checks, ctx.ports.phones, ctx.now)
    )
    _move_keys(before, after, ctx)
    return view_of(after, today(ctx.now))


def _move_keys(before: Patient, after: Patient, ctx: Context) -> None:
    held, wanted = keys_owned(before), keys_owned(after)
    for key in sorted(wanted - held):
        ctx.store.create(IdentifierKey(id=key, tenant_id=after.tenant_id, patient_id=after.id))
    for record in ctx.store.find_many(IdentifierKey, sorted(held - wanted)):
        ctx.store.remove(record)
