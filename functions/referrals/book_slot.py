"""A clinic's own system is asked to hold and book the slot that was chosen; twice books once."""

from functions.referrals.domain.booking import answered
from functions.referrals.domain.examination import BookingStep
from functions.referrals.domain.letters import BookSlot, asked, is_asked
from functions.referrals.domain.referral import Referral
from shared.contracts.clinic_talk import book
from shared.runtime.action import Done, Needs, action, task
from shared.runtime.context import Context


@action(task("clinics"), needs=Needs(timeout_seconds=60))
def book_slot(req: BookSlot, ctx: Context) -> Done:
    """Book a slot for an examination in a clinic's own system."""
    referral = ctx.store.find(Referral, req.referral_id)
    # Past the first step somebody else asks already what became of it.
    if referral is not None and is_asked(referral, req.key) and asked(referral).step == BookingStep.BOOK:
        slot, who = asked(referral).slot, referral.patient_id or referral.id
        answer = book(ctx.ports.clinics, slot.clinic_id, slot, req.key, who)
        ctx.store.apply(answered(referral, answer, ctx.now))
    return Done()
