"""A text to a referred person came back: the referral shows whether they were reached some other way."""

from functions.referrals.domain.returned import returned
from shared.contracts.messaging import SmsLost
from shared.runtime.action import Done, action, topic
from shared.runtime.context import Context


@action(topic(SmsLost))
def note_text_lost(req: SmsLost, ctx: Context) -> Done:
    """Note on a referral that a text about it was not delivered."""
    returned(ctx.store, "text", req.letter_id, req.about)
    return Done()
