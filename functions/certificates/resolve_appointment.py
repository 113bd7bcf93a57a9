"""What became of a booking whose answer was lost? The clinic is asked by our key before anything else."""

from functions.certificates.domain.appointment import BookingStep
from functions.certificates.domain.booking import answered
from functions.certificates.domain.booking_letters import ResolveAppointment, is_due, requested
from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.case_file import keep
from shared.contracts.clinic_talk import ClinicAnswer, ask_status, seal
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("clinics"))
def resolve_appointment(req: ResolveAppointment, ctx: Context) -> Done:
    """Find out whether a clinic has booked an examination, or make sure that it does not."""
    case = ctx.store.find(CertificateCase, req.case_id)
    if case is not None and is_due(case, req):
        keep(case, answered(case, _ask(case, ctx), ctx.now), ctx.store)
    return Done()


def _ask(case: CertificateCase, ctx: Context) -> ClinicAnswer:
    request, clinics = requested(case), ctx.ports.clinics
    if request.step == BookingStep.SEAL:
        return seal(clinics, request.clinic_id, request.key)
    return ask_status(clinics, request.clinic_id, request.key)
