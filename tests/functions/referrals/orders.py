"""The words in which the tests of this module order and look: issue, units, unit."""

import json
from typing import Any

from functions.referrals.domain.exposure import Exposures
from functions.referrals.domain.package import Allowance, Entitlement
from functions.referrals.domain.referral import ExaminationType
from functions.referrals.domain.views import EmployerReferral
from functions.referrals.issue_referral import IssueReferral, issue_referral
from tests.functions.referrals.people import EXPOSED, HUTA, as_employer
from tests.world import World

PERIODIC = ExaminationType.PERIODIC


def order(employee_id: str = "em-1", **facts: object) -> IssueReferral:
    exposures = facts.pop("exposures", EXPOSED)
    assert isinstance(exposures, Exposures)
    kind = facts.pop("examination_type", PERIODIC)
    return IssueReferral(
        employee_id=employee_id, examination_type=ExaminationType(str(kind)), exposures=exposures, **facts
    )


def issue(world: World, employee_id: str = "em-1", by: str = HUTA, **facts: object) -> EmployerReferral:
    return world.call(issue_referral, order(employee_id, **facts), as_=as_employer(by))


def problem(world: World, employee_id: str = "em-1", **facts: object) -> dict[str, Any]:
    """What an order is refused with, as the app gets it."""
    fields = order(employee_id, **facts).model_dump(mode="json", exclude_unset=True)
    answer = world.answer(issue_referral.declaration, fields, as_employer())  # type: ignore[attr-defined]  # an action
    told: dict[str, Any] = json.loads(answer.body)
    return told


def units(world: World, package_id: str = "pk-1", service: str = "periodic") -> tuple[int, int, int]:
    """Free, reserved, consumed of what was sold."""
    account = world.record(Allowance, f"{package_id}.{service}").included
    return account.free, account.reserved, account.consumed


def unit(world: World, referral_id: str) -> Entitlement:
    return world.record(Entitlement, referral_id)
