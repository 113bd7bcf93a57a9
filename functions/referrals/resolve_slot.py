"""What became of a booking whose answer was lost? The clinic is asked by our key before anything else."""

from functions.referrals.domain.booking import answered
from functions.referrals.domain.examination import BookingStep
from functions.referrals.domain.letters import ResolveSlot, asked, is_asked
from functions.referrals.domain.referral import Referral
from shared.contracts.clinic_talk import ClinicAnswer, ask_status, seal
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("clinics"))
def resolve_slot(req: ResolveSlot, ctx: Context) -> Done:
    """Find out whether a clinic has booked an examination, or make sure that it does not."""
    referral = ctx.store.find(Referral, req.referral_id)
    if referral is not None and is_asked(referral, req.key) and asked(referral).tries == req.tries:
        ctx.store.apply(answered(referral, _ask(referral, ctx), ctx.now))
    return Done()


def _ask(referral: Referral, ctx: Context) -> ClinicAnswer:
    ask = asked(referral)
    speak = seal if ask.step == BookingStep.SEAL else ask_status
    return speak(ctx.ports.clinics, ask.slot.clinic_id, ask.key)
