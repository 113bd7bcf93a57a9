"""One unit of an allowance: reserved by a referral, consumed by its examination, or given back.

Each of these changes allowance and entitlement; whoever decides writes both in one commit, so that of two who
want the last unit one is told that it is gone.
"""

from datetime import datetime

from functions.referrals.domain.package import (
    Allowance,
    Entitlement,
    EntitlementEvent,
    EntitlementStatus,
    Units,
    first_allowance,
)
from shared.contracts.directory import ServicePackage
from shared.kernel.errors import Conflict
from shared.kernel.records import Decision


class NoUnitLeft(Conflict):
    """Nothing is left of this service in your package: ask for approval of a unit over the limit."""


def as_sold(package: ServicePackage, service: str, kept: Allowance | None) -> Allowance:
    """The account as the directory's package says today; what is used already is never taken away."""
    allowance = kept or first_allowance(package, service)
    sold = sum(one.units for one in package.granted if one.service == service) if package.active else 0
    used = allowance.included.reserved + allowance.included.consumed
    return allowance.but(sold=sold, included=allowance.included.but(granted=max(sold, used)))


def reserved(
    allowance: Allowance, referral_id: str, now: datetime
) -> tuple[Decision[Allowance], Entitlement]:
    """What was sold is used first, then what was approved over it. Raises NoUnitLeft."""
    is_over = allowance.included.free == 0
    if is_over and allowance.over_limit.free == 0:
        raise NoUnitLeft(hint=allowance.package_id)
    after = _moved(allowance, is_over, reserved=1)
    entitlement = Entitlement(
        id=referral_id,
        tenant_id=allowance.tenant_id,
        allowance_id=allowance.id,
        package_id=allowance.package_id,
        employer_id=allowance.employer_id,
        service=allowance.service,
        price=allowance.over_limit_price if is_over else None,
        reserved_at=now,
    )
    return Decision(after, "unit_reserved", {"referral_id": referral_id, "over": is_over}), entitlement


def consumed(
    allowance: Allowance, entitlement: Entitlement, now: datetime
) -> tuple[Decision[Allowance], Decision[Entitlement]] | None:
    """None where it is consumed already. Raises NotPossibleNow where it was given back."""
    if entitlement.status == EntitlementStatus.CONSUMED:
        return None
    used = entitlement.after(EntitlementEvent.CONSUME, consumed_at=now)
    after = _moved(allowance, entitlement.is_over_limit, reserved=-1, consumed=1)
    return _both(after, used, "consumed", "")


def released(
    allowance: Allowance, entitlement: Entitlement, reason: str, now: datetime
) -> tuple[Decision[Allowance], Decision[Entitlement]] | None:
    """None where nothing is reserved any more: what was consumed stays consumed."""
    if entitlement.status != EntitlementStatus.RESERVED:
        return None
    after = _moved(allowance, entitlement.is_over_limit, reserved=-1)
    free = entitlement.after(EntitlementEvent.RELEASE, released_at=now, released_because=reason)
    return _both(after, free, "released", reason)


def credited(
    allowance: Allowance, entitlement: Entitlement, reason: str, now: datetime
) -> tuple[Decision[Allowance], Decision[Entitlement]]:
    """A consumed unit comes back, with a line in this month's statement. Raises NotPossibleNow."""
    free = entitlement.after(EntitlementEvent.CREDIT, credited_at=now, released_because=reason)
    after = _moved(allowance, entitlement.is_over_limit, consumed=-1)
    return _both(after, free, "credited", reason)


def _moved(allowance: Allowance, is_over: bool, reserved: int = 0, consumed: int = 0) -> Allowance:
    """Of an account that holds more than was sold, a unit that comes back is not granted again."""
    name = "over_limit" if is_over else "included"
    units: Units = getattr(allowance, name)
    used_reserved, used_consumed = units.reserved + reserved, units.consumed + consumed
    granted = units.granted
    if not is_over:
        granted = max(allowance.sold, used_reserved + used_consumed)
    return allowance.but(**{name: Units(granted=granted, reserved=used_reserved, consumed=used_consumed)})


def _both(
    allowance: Allowance, entitlement: Entitlement, did: str, reason: str
) -> tuple[Decision[Allowance], Decision[Entitlement]]:
    told: dict[str, str | int | float | bool] = {"reason": reason} if reason else {}
    details = {"referral_id": entitlement.id, "over": entitlement.is_over_limit, **told}
    return Decision(allowance, f"unit_{did}", details), Decision(entitlement, did, told)
