"""Nobody came to the examination: said by the doctor who waited, or by an operator."""

from functions.referrals.domain.coverage import release
from functions.referrals.domain.missing import missed
from functions.referrals.domain.referral import Referral
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Done, Request, action, post
from shared.runtime.context import Context


class ReportAbsence(Request):
    referral_id: str


@action(
    post("/v1/referrals/{referral_id}:report-absence"),
    role=(Role.DOCTOR, Role.OPERATOR),
    scope=Scope.ASSIGNED,
)
def report_absence(req: ReportAbsence, ctx: Context) -> Done:
    """Report that a referred person did not come; the unit is free again."""
    before = ctx.store.get(Referral, req.referral_id)
    after = ctx.store.change(Referral, before.id, lambda it: missed(it, ctx.now))
    if after.version != before.version:
        release(ctx.store, before, "missed", ctx.now)
    return Done()
