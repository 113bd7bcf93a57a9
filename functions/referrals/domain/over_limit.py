"""Units above what was sold: an employer asks, the administrator approves them with a price, or does not."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Final

from pydantic import Field

from functions.referrals.domain.package import Allowance, Money
from functions.referrals.domain.units import as_sold
from shared.contracts.directory import ServicePackage
from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.errors import Conflict
from shared.kernel.records import Decision, Sealed
from shared.kernel.states import Stateful

UNITS_MAX: Final = 1000


class OverLimitStatus(StrEnum):
    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"


class OverLimitEvent(StrEnum):
    APPROVE = "approve"
    DECLINE = "decline"


_S, _E = OverLimitStatus, OverLimitEvent

TRANSITIONS: Final[Mapping[tuple[OverLimitStatus, OverLimitEvent], OverLimitStatus]] = {
    (_S.ASKED, _E.APPROVE): _S.APPROVED,
    (_S.ASKED, _E.DECLINE): _S.DECLINED,
}


class OtherPriceStillFree(Conflict):
    """Units at another price are approved and not used yet: approve at that price, or wait."""


class NotInPackage(Conflict):
    """This package does not hold this service."""


class OverLimit(Stateful):
    """`price` of one unit, once it is approved."""

    kind: ClassVar[str] = "over_limits"
    transitions: ClassVar[Mapping[Any, Any]] = TRANSITIONS

    status: OverLimitStatus = OverLimitStatus.ASKED
    employer_id: str
    package_id: str
    service: str
    units: int = Field(ge=1, le=UNITS_MAX)
    reason: Sealed = ""
    price: Money | None = None
    asked_at: datetime
    asked_by: str

    def admits(self, actor: Actor, scope: Scope) -> bool:
        if actor.role == Role.EMPLOYER:
            return scope == Scope.OWN and actor.record_id == self.employer_id
        return actor.is_staff


def approved(
    asked: OverLimit, package: ServicePackage, kept: Allowance | None, price: Money
) -> tuple[Decision[OverLimit], Decision[Allowance]]:
    """Both in one commit. Raises NotPossibleNow, OtherPriceStillFree."""
    after = asked.after(OverLimitEvent.APPROVE, price=price)
    account = as_sold(package, asked.service, kept)
    if account.over_limit.free and account.over_limit_price != price:
        raise OtherPriceStillFree
    more = account.over_limit.but(granted=account.over_limit.granted + asked.units)
    details: dict[str, str | int | float | bool] = {
        "units": asked.units,
        "price": str(price.amount),
        "currency": price.currency,
    }
    wider = account.but(over_limit=more, over_limit_price=price)
    return Decision(after, "approved", details), Decision(wider, "over_limit_approved", details)


def declined(asked: OverLimit) -> Decision[OverLimit]:
    return Decision(asked.after(OverLimitEvent.DECLINE), "declined")


def check_service(package: ServicePackage, service: str) -> None:
    """Raises NotInPackage."""
    if not any(one.service == service for one in package.granted):
        raise NotInPackage
