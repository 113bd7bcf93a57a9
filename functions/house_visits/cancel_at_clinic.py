"""What a visit no longer needs is given back to the clinic, which may take several tries."""

from functions.house_visits.domain.clinic_letters import CancelAtClinic
from functions.house_visits.domain.clinic_release import asked_again, not_released
from functions.house_visits.domain.visit import Visit
from shared.contracts.clinic_talk import Answer, seal
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("clinics"))
def cancel_at_clinic(req: CancelAtClinic, ctx: Context) -> Done:
    """Cancel a booking in a clinic's own system."""
    if seal(ctx.ports.clinics, req.clinic_id, req.key).kind != Answer.SEALED:
        ctx.store.send(*asked_again(req, ctx.now))
        if ctx.store.find(Visit, req.visit_id) is not None:
            ctx.store.change(Visit, req.visit_id, lambda visit: not_released(visit, req))
    return Done()
