"""The patient hears by text and mail that a certificate is ready, was corrected or withdrawn."""

from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.certificate import Certificate
from functions.certificates.domain.certificate_news import TellCertificate, told, untold
from shared.contracts.patients import Patient
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("notices"))
def tell_certificate(req: TellCertificate, ctx: Context) -> Done:
    """Tell a patient what has become of their certificate, without what it says."""
    certificate = ctx.store.find(Certificate, req.certificate_id)
    if certificate is None:
        return Done()
    patient = ctx.store.find(Patient, certificate.patient_id)
    if patient is not None and patient.merged_into:
        patient = ctx.store.find(Patient, patient.merged_into)
    decision = told(certificate, patient, req.news, ctx.settings.sender_numbers, ctx.now)
    if decision is None:
        return Done()
    ctx.store.apply(decision)
    if not decision.effects:
        ctx.store.change(CertificateCase, certificate.case_id, untold)
    return Done()
