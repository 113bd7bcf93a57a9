"""What is shown of a request for units over the limit, and which ones wait."""

from datetime import datetime

from functions.referrals.domain.over_limit import OverLimit, OverLimitStatus
from functions.referrals.domain.package import Money
from shared.kernel.ports import Query
from shared.kernel.records import Value


class OverLimitView(Value):
    over_limit_id: str
    version: int
    status: str
    employer_id: str
    package_id: str
    service: str
    units: int
    reason: str
    price: Money | None
    asked_at: datetime


def view_of(one: OverLimit) -> OverLimitView:
    return OverLimitView(
        over_limit_id=one.id,
        version=one.version,
        status=one.status.value,
        employer_id=one.employer_id,
        package_id=one.package_id,
        service=one.service,
        units=one.units,
        reason=one.reason,
        price=one.price,
        asked_at=one.asked_at,
    )


def waiting() -> Query:
    """The oldest first."""
    return Query(
        OverLimit.kind,
        where=(("status", "==", OverLimitStatus.ASKED.value),),
        order=(("asked_at", "asc"), ("id", "asc")),
    )
