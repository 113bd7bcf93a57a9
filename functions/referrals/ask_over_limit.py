"""An employer needs more units than its package holds: it asks, and pays for each what is agreed."""

from pydantic import Field

from functions.referrals.domain.over_limit import UNITS_MAX, OverLimit, check_service
from functions.referrals.domain.over_limit_view import OverLimitView, view_of
from functions.referrals.domain.referral import ExaminationType
from shared.contracts.directory import ServicePackage
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class AskOverLimit(Request):
    package_id: str
    service: ExaminationType
    units: int = Field(ge=1, le=UNITS_MAX)
    reason: str = Field("", max_length=500)


@action(post("/v1/packages/{package_id}:ask-over-limit"), role=Role.EMPLOYER, scope=Scope.OWN)
def ask_over_limit(req: AskOverLimit, ctx: Context) -> OverLimitView:
    """Ask for units beyond your package."""
    package = ctx.store.get(ServicePackage, req.package_id)
    check_service(package, req.service)
    asked = OverLimit(
        id=ctx.new_id(),
        tenant_id=package.tenant_id,
        employer_id=package.employer_id,
        package_id=package.id,
        service=req.service.value,
        units=req.units,
        reason=req.reason,
        asked_at=ctx.now,
        asked_by=ctx.actor.user_id,
    )
    return view_of(ctx.store.create(asked, "asked", units=req.units, service=req.service.value))
