"""A clinic said that something changed: its status is asked, and the visit follows what it says."""

from functions.house_visits.domain.clinic_letters import CheckBooking, requested
from functions.house_visits.domain.clinic_news import (
    checked,
    checked_again,
    is_being_booked,
    is_booked_under,
)
from functions.house_visits.domain.visit import Visit
from shared.contracts.clinic_talk import Answer, ask_status
from shared.kernel.records import Decision
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("clinics"))
def check_booking(req: CheckBooking, ctx: Context) -> Done:
    """Look at a clinic's booking after the clinic said that it changed."""
    visit = ctx.store.find(Visit, req.visit_id)
    if visit is not None and is_being_booked(visit, req.key):
        _look_later(visit, req, ctx)
    elif visit is not None and is_booked_under(visit, req.key):
        _look(visit, req, ctx)
    return Done()


def _look(visit: Visit, req: CheckBooking, ctx: Context) -> None:
    request = requested(visit)
    answer = ask_status(ctx.ports.clinics, request.clinic_id, request.key)
    if answer.kind == Answer.UNKNOWN:
        _look_later(visit, req, ctx)
    elif (decision := checked(visit, answer, ctx.now)) is not None:
        ctx.store.apply(decision)


def _look_later(visit: Visit, req: CheckBooking, ctx: Context) -> None:
    again = checked_again(visit, req, ctx.now)
    if isinstance(again, Decision):
        ctx.store.apply(again)
    else:
        ctx.store.send(again)
