"""A page of the nightly look at what packages hold: an account and its entitlements say the same."""

from functions.referrals.domain.checking import FOUND, CheckUnits, accounts_of, news, next_accounts, units_of
from functions.referrals.domain.package import Allowance, Entitlement, EntitlementStatus
from functions.referrals.domain.promises import says_what_is_used
from shared.kernel.records import Decision
from shared.runtime.action import Done, Needs, action, task
from shared.runtime.context import Context
from shared.runtime.log import promise_broken


@action(task("nightly"), needs=Needs(timeout_seconds=300))
def check_units(req: CheckUnits, ctx: Context) -> Done:
    """Ask each account of this page whether it says what is used."""
    accounts = ctx.store.select(Allowance, accounts_of(req))
    found = {one.id: what for one in accounts if (what := _broken(one, ctx))}
    # One that has changed while its units were counted is asked tomorrow.
    again = ctx.store.select(Allowance, accounts_of(req), to_change=True) if found else []
    for account in again:
        if account.id in found and account in accounts:
            promise_broken(account, found[account.id])
            ctx.store.apply(Decision(account, FOUND, {"what": found[account.id]}))
    ctx.store.send(*next_accounts(req, accounts, ctx.now))
    return Done()


def _broken(account: Allowance, ctx: Context) -> str:
    """Told once, and again where the account has changed since."""
    included, over = account.included, account.over_limit
    reserved = units_of(account, EntitlementStatus.RESERVED, included.reserved + over.reserved)
    consumed = units_of(account, EntitlementStatus.CONSUMED, included.consumed + over.consumed)
    counted = ctx.store.count(Entitlement, reserved), ctx.store.count(Entitlement, consumed)
    wrong = tuple(says_what_is_used(account, *counted))
    return news(wrong, ctx.store.activity(account, max(account.version - 1, 0), 1)) if wrong else ""
