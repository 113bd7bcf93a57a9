"""A clinic's own system is asked to hold and book the slot that an operator chose.

It may run twice: the same slot under the same key is booked once.
"""

from functions.certificates.domain.appointment import BookingStep
from functions.certificates.domain.booking import answered
from functions.certificates.domain.booking_letters import BookAppointment, is_asked, requested
from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.case_file import keep
from shared.contracts.clinic_talk import book
from shared.runtime.action import Done, Needs, action, task
from shared.runtime.context import Context


@action(task("clinics"), needs=Needs(timeout_seconds=60))
def book_appointment(req: BookAppointment, ctx: Context) -> Done:
    """Book a slot for an examination in a clinic's own system."""
    case = ctx.store.find(CertificateCase, req.case_id)
    # Past the first step somebody else asks already what became of it.
    if case is not None and is_asked(case, req.key) and requested(case).step == BookingStep.BOOK:
        request = requested(case)
        answer = book(ctx.ports.clinics, request.clinic_id, request.slot, request.key, case.patient_id)
        keep(case, answered(case, answer, ctx.now), ctx.store)
    return Done()
