"""Who pays for a referral: the employer's packages, and the unit of one of them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple, Protocol, TypeVar

from functions.referrals.domain.package import Allowance, Entitlement, allowance_id
from functions.referrals.domain.referral import Referral
from functions.referrals.domain.units import NoUnitLeft, as_sold, consumed, released, reserved
from shared.contracts.directory import ServicePackage
from shared.kernel.errors import Conflict
from shared.kernel.ports import Query
from shared.kernel.records import Decision, Record

PACKAGES_MAX: Final = 20

R = TypeVar("R", bound=Record)


class NotCovered(Conflict):
    """None of your packages covers this examination today: ask your account manager for one."""


class Named(NamedTuple):
    """The id of a unit, and what statements call it."""

    unit_id: str
    reference: str


class Store(Protocol):
    def prefetch(self, *wanted: tuple[type[Record], str]) -> None: ...

    def find(self, kind: type[R], key: str) -> R | None: ...

    def get(self, kind: type[R], key: str) -> R: ...

    def find_many(self, kind: type[R], keys: Sequence[str]) -> list[R]: ...

    def select(self, kind: type[R], query: Query) -> list[R]: ...

    def create(self, record: R, did: str = "", **details: Any) -> R: ...

    def apply(self, decision: Decision[R]) -> R: ...


def packages_of(employer_id: str) -> Query:
    return Query(
        ServicePackage.kind,
        where=(("employer_id", "==", employer_id), ("active", "==", True)),
        order=(("valid_until", "asc"), ("id", "asc")),
        limit=PACKAGES_MAX,
    )


def covering(packages: Iterable[ServicePackage], service: str, day: date) -> list[ServicePackage]:
    """Those that sell it on that day, the one that ends first before the others."""
    return [
        one
        for one in packages
        if one.active
        and one.valid_from <= day <= one.valid_until
        and any(sold.service == service for sold in one.granted)
    ]


def reserve(
    store: Store, packages: Sequence[ServicePackage], service: str, named: Named, day: date, now: datetime
) -> Entitlement:
    """Stages one unit of the first package that has one left. Raises NotCovered, NoUnitLeft."""
    fitting = covering(packages, service, day)
    if not fitting:
        raise NotCovered
    keys = [allowance_id(one.id, service) for one in fitting]
    store.prefetch(*((Allowance, key) for key in keys))
    accounts = [
        as_sold(one, service, store.find(Allowance, key)) for one, key in zip(fitting, keys, strict=True)
    ]
    best = next((one for one in accounts if one.included.free), None)
    best = best or next((one for one in accounts if one.over_limit.free), None)
    if best is None:
        raise NoUnitLeft(hint=accounts[0].package_id)
    decision, entitlement = reserved(best, named.unit_id, now)
    keep_account(store, decision)
    entitlement = entitlement.but(reference=named.reference)
    return store.create(entitlement, "reserved", allowance_id=best.id)


def keep_account(store: Store, decision: Decision[Allowance]) -> None:
    """An account begins with its first unit."""
    if decision.record.version == 0 and store.find(Allowance, decision.record.id) is None:
        store.create(decision.record, decision.did, **decision.details)
    else:
        store.apply(decision)


def release(store: Store, referral: Referral, reason: str, now: datetime) -> None:
    """Stages that the unit of a referral comes back, where one is reserved."""
    if referral.entitlement_id:
        account, unit = _of(store, referral.entitlement_id)
        _keep(store, released(account, unit, reason, now))


def consume(store: Store, referral: Referral, now: datetime) -> None:
    """Stages that the unit of a referral is used up."""
    if referral.entitlement_id:
        account, unit = _of(store, referral.entitlement_id)
        _keep(store, consumed(account, unit, now))


def _of(store: Store, entitlement_id: str) -> tuple[Allowance, Entitlement]:
    unit = store.get(Entitlement, entitlement_id)
    return store.get(Allowance, unit.allowance_id), unit


def _keep(store: Store, both: tuple[Decision[Allowance], Decision[Entitlement]] | None) -> None:
    if both is not None:
        account, unit = both
        store.apply(account)
        store.apply(unit)
