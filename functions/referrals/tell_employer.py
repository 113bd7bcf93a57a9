"""An employer hears that nobody was examined on its referral, once for each time."""

from functions.referrals.domain.employer_news import TellEmployer, employer_told
from functions.referrals.domain.referral import Referral
from shared.contracts.directory import Employer
from shared.contracts.notice_rules import NoticePreferences, preferences_id
from shared.kernel.actors import Role
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("notices"))
def tell_employer(req: TellEmployer, ctx: Context) -> Done:
    """Tell an employer that a referred person refused or did not come."""
    referral = ctx.store.find(Referral, req.referral_id)
    if referral is None:
        return Done()
    wishes = preferences_id(referral.tenant_id, Role.EMPLOYER, referral.employer_id)
    ctx.store.prefetch((Employer, referral.employer_id), (NoticePreferences, wishes))
    employer = ctx.store.find(Employer, referral.employer_id)
    wants = ctx.store.find(NoticePreferences, wishes)
    decision = employer_told(referral, employer, wants, req, ctx.now)
    if decision is not None:
        ctx.store.apply(decision)
    return Done()
