"""A mail to a referred person was refused: the referral shows whether they were reached some other way."""

from functions.referrals.domain.returned import returned
from shared.contracts.messaging import MailFailed
from shared.runtime.action import Done, action, topic
from shared.runtime.context import Context


@action(topic(MailFailed))
def note_mail_lost(req: MailFailed, ctx: Context) -> Done:
    """Note on a referral that a mail about it was not taken."""
    returned(ctx.store, "mail", req.letter_id, req.about)
    return Done()
