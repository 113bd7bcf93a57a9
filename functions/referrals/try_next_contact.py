"""A server will not have the mail of a digest: the employer's next contact gets it."""

from functions.referrals.domain.digest import ReminderDigest, told_by
from functions.referrals.domain.digest_desk import desk_of, facts_of
from functions.referrals.domain.digesting import tried_next
from functions.referrals.domain.reminders import Reminder
from shared.contracts.messaging import MailFailed
from shared.runtime.action import Done, action, topic
from shared.runtime.context import Context


@action(topic(MailFailed))
def try_next_contact(req: MailFailed, ctx: Context) -> Done:
    """Send a digest that was refused to the next of the employer's contacts."""
    digest = ctx.store.find(ReminderDigest, req.about) if req.letter_id.startswith("digest-") else None
    if digest is None:
        return Done()
    desk = desk_of(ctx.store, digest.employer_id, ctx.settings)
    told = ctx.store.select(Reminder, told_by(digest))
    decision = tried_next(digest, req.letter_id, desk, told, facts_of(ctx.store, told))
    if decision is not None:
        ctx.store.apply(decision)
    return Done()
