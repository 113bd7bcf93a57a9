"""The patient hears of an examination, of another time and of its end, once, in their language."""

from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.notifying import notified, phone_of
from functions.certificates.domain.telling import NotifyPatient
from shared.contracts.opt_outs import wants_no_texts
from shared.contracts.patients import Patient
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("notices"))
def notify_patient(req: NotifyPatient, ctx: Context) -> Done:
    """Tell a patient by text and mail what has become of their examination."""
    case = ctx.store.find(CertificateCase, req.case_id)
    if case is None or case.epoch != req.epoch:
        return Done()
    patient = ctx.store.find(Patient, case.patient_id)
    if patient is not None and patient.merged_into:
        patient = ctx.store.find(Patient, patient.merged_into)
    senders = ctx.settings.sender_numbers
    phone = phone_of(patient) if patient else ""
    stopped = wants_no_texts(phone, case.tenant_id, ctx.ports.seals, ctx.store)
    ctx.store.change(
        CertificateCase, case.id, lambda now: notified(now, patient, req, senders, ctx.now, stopped)
    )
    return Done()
