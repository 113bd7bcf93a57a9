"""Writing referrals into the store: with the unit that pays for it and the person's list, together."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from functions.referrals.domain import coverage
from functions.referrals.domain.coverage import Store
from functions.referrals.domain.employment import Employee
from functions.referrals.domain.ending import replaced, taking_over
from functions.referrals.domain.issuing import Desk, Wish, check, listed, number_of, written
from functions.referrals.domain.jurisdiction import profile_of
from functions.referrals.domain.letters import print_soon, tell_employee
from functions.referrals.domain.package import Entitlement
from functions.referrals.domain.referral import Referral
from shared.contracts.directory import Employer, ServicePackage
from shared.kernel.effects import Later
from shared.kernel.errors import Conflict

BULK_MAX: Final = 50
"""One commit holds them all: nine documents each."""


class NoSuchEmployee(Conflict):
    """There is no such person among your employees."""


def packages_at(store: Store, employer_id: str) -> list[ServicePackage]:
    return store.select(ServicePackage, coverage.packages_of(employer_id))


def desk_of(employer: Employer, user_id: str, now: datetime) -> Desk:
    """Under the law of the employer's country. Raises JurisdictionNotKnown."""
    return Desk(employer, profile_of(employer.country), user_id, now)


def write(
    store: Store, desk: Desk, employee: Employee, wish: Wish, packages: Sequence[ServicePackage], new_id: str
) -> tuple[Referral, Entitlement]:
    """Stages a new referral. Raises what `check` and `coverage.reserve` raise; then nothing is staged."""
    known = store.find_many(Referral, employee.referral_ids)
    check(desk, employee, wish, known)
    named = coverage.Named(new_id, number_of(new_id, desk.day))
    unit = coverage.reserve(store, packages, wish.examination_type.value, named, desk.day, desk.now)
    referral = written(desk, new_id, employee, wish, unit)
    letters = (print_soon(referral, desk.now), tell_employee(referral, "invited", desk.now))
    kind = wish.examination_type.value
    saved = store.create(referral, "issued", effects=letters, type=kind, package_id=unit.package_id)
    store.apply(listed(employee, new_id, known))
    return saved, unit


def rewrite(
    store: Store, desk: Desk, old: Referral, wish: Wish, packages: Sequence[ServicePackage], new_id: str
) -> tuple[Referral, Entitlement]:
    """Stages another referral in the place of an open one: its unit goes over, and so does an appointment."""
    employee = store.get(Employee, old.employee_id)
    known = [one for one in store.find_many(Referral, employee.referral_ids) if one.id != old.id]
    check(desk, employee, wish, known)
    coverage.release(store, old, "reissued", desk.now)
    named = coverage.Named(new_id, number_of(new_id, desk.day))
    unit = coverage.reserve(store, packages, wish.examination_type.value, named, desk.day, desk.now)
    fresh = written(desk, new_id, employee, wish, unit)
    referral = taking_over(old, fresh)
    store.apply(replaced(old, referral, desk.now))
    letters = (print_soon(referral, desk.now), *_news_of(referral, desk.now))
    saved = store.create(referral, "issued", effects=letters, reissue_of=old.id)
    store.apply(listed(employee, new_id, known))
    return saved, unit


def _news_of(referral: Referral, now: datetime) -> tuple[Later, ...]:
    """What the person has not been told yet: an appointment that stays was told before."""
    if referral.examination is None:
        return (tell_employee(referral, "invited", now),)
    return (tell_employee(referral, "scheduled", now),) if referral.told_epoch < referral.epoch else ()
