"""A mail to a referred person was refused: the referral shows whether they were reached some other way."""

from functions.referrals.domain.ending import newest_of
from functions.referrals.domain.reaching import came_back
from functions.referrals.domain.referral import Referral
from shared.contracts.messaging import MailFailed
from shared.runtime.action import Done, action, topic
from shared.runtime.context import Context


@action(topic(MailFailed))
def note_mail_lost(req: MailFailed, ctx: Context) -> Done:
    """Note on a referral that a mail about it was not taken."""
    if req.letter_id.startswith("referral-mail-"):
        referral = newest_of(ctx.store, ctx.store.find(Referral, req.about))
        decision = came_back(referral, req.letter_id, "mail") if referral is not None else None
        if decision is not None:
            ctx.store.apply(decision)
    return Done()
