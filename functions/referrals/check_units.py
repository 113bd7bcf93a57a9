"""A page of the nightly look at what packages hold: an account and its entitlements say the same."""

from functions.referrals.domain.checking import (
    CheckUnits,
    accounts_of,
    next_accounts,
    units_of,
)
from functions.referrals.domain.package import Allowance, Entitlement, EntitlementStatus
from functions.referrals.domain.promises import says_what_is_used
from shared.kernel.promises import FOUND, PROMISES, names_of, news, told
from shared.kernel.records import Decision
from shared.runtime.action import Done, Needs, action, task
from shared.runtime.context import Context


@action(task("nightly"), needs=Needs(timeout_seconds=300))
def check_units(req: CheckUnits, ctx: Context) -> Done:
    """Ask each account of this page whether it says what is used."""
    accounts = ctx.store.select(Allowance, accounts_of(req))
    found = {one.id: details for one in accounts if (details := _broken(one, ctx))}
    # One that has changed while its units were counted is asked tomorrow.
    again = ctx.store.select(Allowance, accounts_of(req), to_change=True) if found else []
    for account in again:
        if account.id in found and account in accounts:
            ctx.store.apply(Decision(account, FOUND, found[account.id]))
            ctx.promise_broken(account, found[account.id][PROMISES])
    ctx.store.send(*next_accounts(req, accounts, ctx.now))
    return Done()


def _broken(account: Allowance, ctx: Context) -> dict[str, str]:
    """Told once, and again where the account has changed since."""
    included, over = account.included, account.over_limit
    reserved = units_of(account, EntitlementStatus.RESERVED, included.reserved + over.reserved)
    consumed = units_of(account, EntitlementStatus.CONSUMED, included.consumed + over.consumed)
    counted = ctx.store.count(Entitlement, reserved), ctx.store.count(Entitlement, consumed)
    wrong = told(says_what_is_used, account, *counted)
    if not wrong:
        return {}
    return news(wrong, names_of(wrong), ctx.store.activity(account, max(account.version - 1, 0), 1))
