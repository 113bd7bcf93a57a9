"""A clinic tells us that it cancelled or moved a booking of ours, or that nobody was at home.

Signed, in any order, and more than once: each message is kept under its id in the commit that acts on it.
One that speaks of nothing we know is kept as well and answered with thanks, or it would be sent again.
"""

from functions.house_visits.domain.clinic_letters import visit_of
from functions.house_visits.domain.clinic_news import (
    HeardFromClinic,
    acted,
    check_letter,
    heard,
    heard_id,
    is_about,
    passed_on,
)
from functions.house_visits.domain.visit import Visit
from shared.contracts.clinic_booking import ClinicEvent
from shared.runtime.action import Done, action, webhook
from shared.runtime.context import Context

NO_VISIT = "none"


@action(webhook("/v1/webhooks/clinics/bookings", verify="clinic"))
def hear_clinic(req: ClinicEvent, ctx: Context) -> Done:
    """Take note of what a clinic says about a booking."""
    event_id, visit_id = heard_id(req), visit_of(req.booking_key) or NO_VISIT
    ctx.store.prefetch((HeardFromClinic, event_id), (Visit, visit_id))
    if ctx.store.find(HeardFromClinic, event_id) is None:
        outcome = _act(req, ctx.store.find(Visit, visit_id), ctx)
        ctx.store.create(heard(req, ctx.actor.tenant_id, outcome, ctx.now))
    return Done()


def _act(req: ClinicEvent, visit: Visit | None, ctx: Context) -> str:
    if not visit_of(req.booking_key):
        ctx.store.send(passed_on(req))
        return "passed_on"
    if visit is None or not is_about(visit, req):
        return "unknown_key"
    decision = acted(visit, req, ctx.now)
    if decision is None:
        ctx.store.send(check_letter(visit.id, req.booking_key, heard_id(req), ctx.now))
        return "asked"
    ctx.store.apply(decision)
    return "acted"
