"""What a case no longer needs is given back to the clinic, which may take several tries."""

from functions.certificates.domain.booking import not_released
from functions.certificates.domain.booking_letters import ReleaseAppointment, released_again
from functions.certificates.domain.case import CertificateCase
from shared.contracts.clinic_talk import Answer, seal
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("clinics"))
def release_appointment(req: ReleaseAppointment, ctx: Context) -> Done:
    """Cancel an examination in a clinic's own system."""
    if seal(ctx.ports.clinics, req.clinic_id, req.key).kind != Answer.SEALED:
        ctx.store.send(*released_again(req, ctx.now))
        if ctx.store.find(CertificateCase, req.case_id) is not None:
            ctx.store.change(CertificateCase, req.case_id, lambda case: not_released(case, req))
    return Done()
