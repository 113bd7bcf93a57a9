"""The patient hears by text and mail that a certificate is ready, was corrected or withdrawn."""

from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.certificate import Certificate
from functions.certificates.domain.certificate_news import Means, TellCertificate, alarm, told, untold
from functions.certificates.domain.notifying import phone_of
from shared.contracts.notice_rules import NoticePreferences, preferences_id
from shared.contracts.opt_outs import wants_no_texts
from shared.contracts.patients import Patient
from shared.kernel.actors import Role
from shared.kernel.effects import Later
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("notices"))
def tell_certificate(req: TellCertificate, ctx: Context) -> Done:
    """Tell a patient what has become of their certificate, without what it says."""
    certificate = ctx.store.find(Certificate, req.certificate_id)
    if certificate is None:
        return Done()
    patient = _patient(certificate.patient_id, ctx)
    kept = ctx.store.find(NoticePreferences, _wants(patient.id, ctx)) if patient else None
    phone = phone_of(patient) if patient else ""
    stopped = wants_no_texts(phone, certificate.tenant_id, ctx.ports.seals, ctx.store)
    means = Means(ctx.settings.sender_numbers, kept, stopped)
    decision = told(certificate, patient, req.news, means, ctx.now)
    if isinstance(decision, Later):
        ctx.store.send(decision)
    elif decision is not None:
        ctx.store.apply(decision)
        if attention := alarm(decision):
            ctx.store.change(CertificateCase, certificate.case_id, lambda case: untold(case, attention))
    return Done()


def _patient(patient_id: str, ctx: Context) -> Patient | None:
    """Whoever holds the history now; what they want to be told comes in the same round trip."""
    ctx.store.prefetch((Patient, patient_id), (NoticePreferences, _wants(patient_id, ctx)))
    patient = ctx.store.find(Patient, patient_id)
    if patient is not None and patient.merged_into:
        patient = ctx.store.find(Patient, patient.merged_into)
    return patient


def _wants(patient_id: str, ctx: Context) -> str:
    return preferences_id(ctx.actor.tenant_id, Role.PATIENT, patient_id)
