"""What became of a booking whose answer was lost? The clinic is asked by our key before anything else."""

from functions.house_visits.domain.clinic_booking import answered, start_over
from functions.house_visits.domain.clinic_letters import ResolveBooking, is_due, requested
from functions.house_visits.domain.clinic_request import BookingStep
from functions.house_visits.domain.visit import Visit
from shared.contracts.clinic_talk import ask_status, seal
from shared.kernel.records import Decision
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("clinics"))
def resolve_booking(req: ResolveBooking, ctx: Context) -> Done:
    """Find out whether a clinic has booked a visit, or make sure that it does not."""
    visit = ctx.store.find(Visit, req.visit_id)
    if visit is not None and is_due(visit, req):
        ctx.store.apply(_step(visit, ctx))
    return Done()


def _step(visit: Visit, ctx: Context) -> Decision[Visit]:
    request, clinics = requested(visit), ctx.ports.clinics
    match request.step:
        case BookingStep.CHOOSE:
            return start_over(visit, ctx.now)
        case BookingStep.SEAL:
            return answered(visit, seal(clinics, request.clinic_id, request.key), ctx.now)
        case _:
            return answered(visit, ask_status(clinics, request.clinic_id, request.key), ctx.now)
