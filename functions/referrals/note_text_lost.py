"""A text to a referred person came back: the referral shows whether they were reached some other way."""

from functions.referrals.domain.ending import newest_of
from functions.referrals.domain.reaching import came_back
from functions.referrals.domain.referral import Referral
from shared.contracts.messaging import SmsLost
from shared.runtime.action import Done, action, topic
from shared.runtime.context import Context


@action(topic(SmsLost))
def note_text_lost(req: SmsLost, ctx: Context) -> Done:
    """Note on a referral that a text about it was not delivered."""
    if req.letter_id.startswith("referral-text-"):
        referral = newest_of(ctx.store, ctx.store.find(Referral, req.about))
        decision = came_back(referral, req.letter_id, "text") if referral is not None else None
        if decision is not None:
            ctx.store.apply(decision)
    return Done()
