"""One step of booking in a clinic's own system: choose a slot, or hold and book the one that was chosen.

It may run twice: choosing only reads, and the same slot under the same key is booked once.
"""

from functions.house_visits.domain.clinic_booking import answered, slot_chosen
from functions.house_visits.domain.clinic_letters import BookAtClinic, is_asked, requested
from functions.house_visits.domain.clinic_request import BookingStep
from functions.house_visits.domain.clinic_talk import choose_slot
from functions.house_visits.domain.visit import Visit
from shared.contracts.clinic_talk import book
from shared.kernel.records import Decision
from shared.runtime.action import Done, Needs, action, task
from shared.runtime.context import Context


@action(task("clinics"), needs=Needs(timeout_seconds=60))
def book_at_clinic(req: BookAtClinic, ctx: Context) -> Done:
    """Choose or book a slot for a visit in a clinic's own system."""
    visit = ctx.store.find(Visit, req.visit_id)
    if visit is not None and is_asked(visit, req.key):
        decision = _step(visit, ctx)
        if decision is not None:
            ctx.store.apply(decision)
    return Done()


def _step(visit: Visit, ctx: Context) -> Decision[Visit] | None:
    request, clinics = requested(visit), ctx.ports.clinics
    if request.step == BookingStep.CHOOSE:
        slot, reason = choose_slot(clinics, visit, request, ctx.now)
        return slot_chosen(visit, slot, reason, ctx.now)
    if request.step == BookingStep.BOOK and request.slot is not None:
        return answered(
            visit,
            book(clinics, request.clinic_id, request.slot, request.key, visit.patient_id),
            ctx.now,
        )
    return None  # somebody else asks already what became of it
