"""A clinic has cancelled or moved an examination, or nobody came to it: the referral follows."""

from functions.referrals.domain.clinic_news import ClinicNotAnsweredYet, checked, is_about, lost
from functions.referrals.domain.coverage import release
from functions.referrals.domain.ending import newest_of
from functions.referrals.domain.letters import referral_of
from functions.referrals.domain.referral import Referral, ReferralStatus
from shared.contracts.clinic_booking import BookingChanged, ClinicEventKind
from shared.contracts.clinic_talk import Answer, ask_status
from shared.kernel.records import Decision
from shared.runtime.action import Done, action, topic
from shared.runtime.context import Context


@action(topic(BookingChanged))
def hear_slot_change(req: BookingChanged, ctx: Context) -> Done:
    """Take note of what a clinic says about an examination."""
    referral_id = referral_of(req.booking_key)
    referral = newest_of(ctx.store, ctx.store.find(Referral, referral_id)) if referral_id else None
    if referral is not None and is_about(referral, req):
        decision = _outcome(referral, req, ctx)
        if decision is not None:
            after = ctx.store.apply(decision)
            if after.status == ReferralStatus.NO_SHOW:
                release(ctx.store, after, "missed", ctx.now)
    return Done()


def _outcome(referral: Referral, req: BookingChanged, ctx: Context) -> Decision[Referral] | None:
    if req.event == ClinicEventKind.CANCELLED:
        return lost(referral, ctx.now)
    answer = ask_status(ctx.ports.clinics, req.clinic_id, req.booking_key)
    if answer.kind == Answer.UNKNOWN:
        raise ClinicNotAnsweredYet
    return checked(referral, answer, ctx.now)
