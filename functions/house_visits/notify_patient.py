"""The patient hears of every turn of their visit, once, in their language."""

from functions.house_visits.domain.notifying import Means, notify, phone_of
from functions.house_visits.domain.telling import NotifyPatient
from functions.house_visits.domain.visit import Visit
from shared.contracts.opt_outs import wants_no_texts
from shared.contracts.patients import Patient
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("notices"))
def notify_patient(req: NotifyPatient, ctx: Context) -> Done:
    """Tell a patient by text and mail what has become of their visit."""
    visit = ctx.store.find(Visit, req.visit_id)
    if visit is None or visit.epoch != req.epoch:
        return Done()
    patient = ctx.store.get(Patient, visit.patient_id)
    if patient.merged_into:
        patient = ctx.store.get(Patient, patient.merged_into)
    means = Means(ctx.settings.sender_numbers, ctx.settings.mail_sender, ctx.ports.calendar.file_of)
    phone = phone_of(visit, patient)
    stopped = wants_no_texts(phone, visit.tenant_id, ctx.ports.seals, ctx.store)
    ctx.store.change(Visit, visit.id, lambda now: notify(now, patient, req, means, ctx.now, stopped))
    return Done()
