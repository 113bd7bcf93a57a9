"""A mail to a referred person was refused: the referral shows whether they were reached some other way."""

from functions.referrals.domain.reaching import came_back
from functions.referrals.domain.referral import Referral
from shared.contracts.messaging import MailFailed
from shared.runtime.action import Done, action, topic
from shared.runtime.context import Context


@action(topic(MailFailed))
def note_mail_lost(req: MailFailed, ctx: Context) -> Done:
    """Note on a referral that a mail about it was not taken."""
    if req.letter_id.startswith("referral-mail-") and ctx.store.find(Referral, req.about) is not None:
        ctx.store.change(Referral, req.about, lambda it: came_back(it, req.letter_id, "mail"))
    return Done()
