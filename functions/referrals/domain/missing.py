"""A person did not come: their unit is free again, and another time may be chosen."""

from datetime import datetime
from typing import Final

from functions.referrals.domain import coverage
from functions.referrals.domain.coverage import Store
from functions.referrals.domain.employer_news import tell_employer
from functions.referrals.domain.letters import tell_employee
from functions.referrals.domain.referral import Referral, ReferralEvent, ReferralStatus
from shared.contracts.directory import ServicePackage
from shared.kernel.errors import Conflict
from shared.kernel.records import Decision

ATTENTION_AFTER: Final = 2


class NotBegunYet(Conflict):
    """The examination has not begun yet: nobody can have missed it."""


def missed(referral: Referral, now: datetime) -> Decision[Referral] | None:
    """None where it is known already. Raises NotPossibleNow, NotBegunYet."""
    if referral.status == ReferralStatus.NO_SHOW:
        return None
    after = referral.after(ReferralEvent.MISS, epoch=referral.epoch + 1)
    held = after.examination
    assert held is not None, "what is scheduled has a time"
    if now < held.starts_at:
        raise NotBegunYet
    held = held.but(missed=held.missed + 1)
    attention = "missed_again" if held.missed >= ATTENTION_AFTER else ""
    after = after.but(examination=held, attention=attention)
    details: dict[str, str | int | float | bool] = {"clinic_id": held.clinic_id, "missed": held.missed}
    notices = (tell_employee(after, "missed", now), tell_employer(after, "missed", now))
    return Decision(after, "missed", details, notices)


def paid_again(store: Store, referral: Referral, now: datetime) -> Referral:
    """After nobody came, another time needs a unit of its own. Raises NotCovered, NoUnitLeft."""
    if referral.status != ReferralStatus.NO_SHOW:
        return referral
    taken = referral.units_taken + 1
    packages = store.select(ServicePackage, coverage.packages_of(referral.employer_id))
    unit = coverage.reserve(
        store,
        packages,
        referral.examination_type.value,
        coverage.Named(f"{referral.id}.{taken}", referral.number),
        referral.day_of(now),
        now,
    )
    return referral.but(entitlement_id=unit.id, package_id=unit.package_id, units_taken=taken)
