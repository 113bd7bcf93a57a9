"""The person examined or the employer appeals against a certificate of fitness, in the days of the law."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from pydantic import Field

from functions.referrals.domain.appealing import lodged
from functions.referrals.domain.fitness import AppealBy, FitnessCertificate
from functions.referrals.domain.projection import AppealSeen
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, Response, action, post
from shared.runtime.context import Context


class AppealCertificate(Request):
    """`reason` is for who examines again, not for the other side."""

    certificate_id: str
    reason: str = Field(min_length=1, max_length=2000)


class AppealLodged(Response):
    certificate_id: str
    status: str
    appeal: AppealSeen


@action(
    post("/v1/fitness-certificates/{certificate_id}:appeal"),
    role=(Role.EMPLOYER, Role.PATIENT),
    scope=Scope.OWN,
)
def appeal_certificate(req: AppealCertificate, ctx: Context) -> AppealLodged:
    """Appeal against a certificate of fitness."""
    by = AppealBy.EMPLOYER if ctx.actor.role == Role.EMPLOYER else AppealBy.EMPLOYEE
    it = ctx.store.get(FitnessCertificate, req.certificate_id)
    after = ctx.store.apply(lodged(it, by, req.reason, _day(ctx.now, it.zone), ctx.now))
    assert after.appeal is not None
    seen = AppealSeen(by=by.value, lodged_on=after.appeal.lodged_on, examine_by=after.appeal.examine_by)
    return AppealLodged(certificate_id=after.id, status=after.status.value, appeal=seen)


def _day(now: datetime, zone: str) -> date:
    return now.astimezone(ZoneInfo(zone)).date()
