"""Put a new patient on file.

Each identifier has a key document, created in the commit of the patient: of two operators who register
the same person at once, one is told that the other was first, and whom to look at.
"""

from functions.patients.domain.identity import Checks, keys_of
from functions.patients.domain.particulars import today
from functions.patients.domain.registration import Registration, refuse_taken, registered
from functions.patients.domain.views import PatientSummary, summary_of
from shared.contracts.patients import IdentifierKey, Patient
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class RegisterPatient(Request, Registration):
    pass


@action(post("/v1/patients"), role=Role.OPERATOR)
def register_patient(req: RegisterPatient, ctx: Context) -> PatientSummary:
    """Register a person who is not on file yet."""
    tenant = ctx.actor.tenant_id
    checked = Checks(ctx.ports.identifiers, ctx.ports.seals, tenant).all_given(
        req.identifiers, req.newborn, req.birth_date
    )
    taken = ctx.store.find_many(IdentifierKey, [one.key for one in checked])
    refuse_taken(ctx.store.find_many(Patient, [one.patient_id for one in taken]), req.birth_date)
    patient = registered(req, checked, ctx.new_id(), tenant, ctx.ports.phones, ctx.now)
    for key in keys_of(checked, patient.id, tenant):
        ctx.store.create(key)
    saved = ctx.store.create(
        patient, "registered", identifiers=len(checked), unverified=patient.is_unverified
    )
    return summary_of(saved, today(ctx.now))
