"""An employer hears that nobody was examined on its referral, once for each time."""

from functions.referrals.domain.employer_news import TellEmployer, employer_told
from functions.referrals.domain.referral import Referral
from shared.contracts.directory import Employer
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("notices"))
def tell_employer(req: TellEmployer, ctx: Context) -> Done:
    """Tell an employer that a referred person refused or did not come."""
    referral = ctx.store.find(Referral, req.referral_id)
    if referral is not None:
        employer = ctx.store.find(Employer, referral.employer_id)
        decision = employer_told(referral, employer, req)
        if decision is not None:
            ctx.store.apply(decision)
    return Done()
