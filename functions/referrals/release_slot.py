"""What a referral no longer needs is given back to the clinic, which may take several tries."""

from functions.referrals.domain.booking import not_released
from functions.referrals.domain.letters import ReleaseSlot, released_again
from functions.referrals.domain.referral import Referral
from shared.contracts.clinic_talk import Answer, seal
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("clinics"))
def release_slot(req: ReleaseSlot, ctx: Context) -> Done:
    """Cancel an examination in a clinic's own system."""
    if seal(ctx.ports.clinics, req.clinic_id, req.key).kind != Answer.SEALED:
        ctx.store.send(*released_again(req, ctx.now))
        if ctx.store.find(Referral, req.referral_id) is not None:
            ctx.store.change(Referral, req.referral_id, lambda it: not_released(it, req))
    return Done()
