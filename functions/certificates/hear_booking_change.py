"""A clinic has cancelled or moved an examination, or nobody came to it: the case follows."""

from functions.certificates.domain.booking_letters import case_of
from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.case_file import keep
from functions.certificates.domain.clinic_news import NotAnsweredYet, checked, is_about, lost
from shared.contracts.clinic_booking import BookingChanged, ClinicEventKind
from shared.contracts.clinic_talk import Answer, ask_status
from shared.kernel.records import Decision
from shared.runtime.action import Done, action, topic
from shared.runtime.context import Context


@action(topic(BookingChanged))
def hear_booking_change(req: BookingChanged, ctx: Context) -> Done:
    """Take note of what a clinic says about an examination."""
    case_id = case_of(req.booking_key)
    case = ctx.store.find(CertificateCase, case_id) if case_id else None
    if case is not None and is_about(case, req):
        keep(case, _outcome(case, req, ctx), ctx.store)
    return Done()


def _outcome(case: CertificateCase, req: BookingChanged, ctx: Context) -> Decision[CertificateCase] | None:
    if req.event == ClinicEventKind.CANCELLED:
        return lost(case, ctx.now)
    answer = ask_status(ctx.ports.clinics, req.clinic_id, req.booking_key)
    if answer.kind == Answer.UNKNOWN:
        raise NotAnsweredYet
    return checked(case, answer, ctx.now)
