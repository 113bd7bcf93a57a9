"""What an employer may still use: units granted, reserved and consumed, counted in one record a service.

What was sold stands in the directory's `ServicePackage`. One unit is reserved when a referral is issued,
consumed by the examination and released where there is none. Units above what was sold need approval and have
a price. Of each kind: granted = free + reserved + consumed, and free is never below zero.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Final, Self

from pydantic import Field, model_validator

from shared.contracts.directory import ServicePackage
from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.records import Record, Value
from shared.kernel.states import Stateful

UNITS_MAX: Final = 1_000_000


class EntitlementStatus(StrEnum):
    RESERVED = "reserved"
    CONSUMED = "consumed"
    RELEASED = "released"


class EntitlementEvent(StrEnum):
    CONSUME = "consume"
    RELEASE = "release"
    CREDIT = "credit"  # a unit that was consumed in error comes back


_S, _E = EntitlementStatus, EntitlementEvent

TRANSITIONS: Final[Mapping[tuple[EntitlementStatus, EntitlementEvent], EntitlementStatus]] = {
    (_S.RESERVED, _E.CONSUME): _S.CONSUMED,
    (_S.RESERVED, _E.RELEASE): _S.RELEASED,
    (_S.CONSUMED, _E.CREDIT): _S.RELEASED,
}


class Money(Value):
    """Net, in the currency's main unit, two places."""

    amount: Annotated[Decimal, Field(ge=0, le=1_000_000, decimal_places=2)]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "PLN"


class Units(Value):
    """One account. `free` is what is left of what was granted."""

    granted: int = Field(0, ge=0, le=UNITS_MAX)
    reserved: int = Field(0, ge=0)
    consumed: int = Field(0, ge=0)

    @model_validator(mode="after")
    def _never_below_zero(self) -> Self:
        if self.reserved + self.consumed > self.granted:
            raise ValueError("more is used than was granted")
        return self

    @property
    def free(self) -> int:
        return self.granted - self.reserved - self.consumed


class Allowance(Record):
    """One service of one package, `<package>.<service>`. `sold` is what the directory said last.

    Where a later change sold less than is used already, `included.granted` stays at what is used and
    `is_owed` says that a person must settle it with the customer. `over_limit` units were approved beyond it;
    `over_limit_price` is what the next one costs.
    """

    kind: ClassVar[str] = "allowances"

    package_id: str
    employer_id: str
    service: str
    sold: int = Field(ge=0, le=UNITS_MAX)
    included: Units = Units()
    over_limit: Units = Units()
    over_limit_price: Money | None = None

    def admits(self, actor: Actor, scope: Scope) -> bool:
        if actor.role == Role.EMPLOYER:
            return scope == Scope.OWN and actor.record_id == self.employer_id
        if actor.role == Role.DOCTOR:
            return scope == Scope.ASSIGNED  # comes here through a referral that they examine, to consume
        return actor.is_staff

    def index_fields(self) -> Mapping[str, Any]:
        return {"is_owed": self.is_owed}

    @property
    def is_owed(self) -> bool:
        return self.included.granted > self.sold

    @property
    def free(self) -> int:
        return self.included.free + self.over_limit.free


class Entitlement(Stateful):
    """The unit that pays for one referral; it has the referral's id. `price` of a unit over the limit."""

    kind: ClassVar[str] = "entitlements"
    transitions: ClassVar[Mapping[Any, Any]] = TRANSITIONS

    status: EntitlementStatus = EntitlementStatus.RESERVED
    allowance_id: str
    package_id: str
    employer_id: str
    service: str
    price: Money | None = None
    reference: str = ""  # the number of the referral, as statements name it
    reserved_at: datetime
    consumed_at: datetime | None = None
    released_at: datetime | None = None
    credited_at: datetime | None = None
    released_because: str = ""

    def admits(self, actor: Actor, scope: Scope) -> bool:
        if actor.role == Role.EMPLOYER:
            return scope == Scope.OWN and actor.record_id == self.employer_id
        if actor.role == Role.DOCTOR:
            return scope == Scope.ASSIGNED
        return actor.is_staff

    @property
    def is_over_limit(self) -> bool:
        return self.price is not None


def allowance_id(package_id: str, service: str) -> str:
    return f"{package_id}.{service}"


def first_allowance(package: ServicePackage, service: str) -> Allowance:
    """Before anything was used."""
    return Allowance(
        id=allowance_id(package.id, service),
        tenant_id=package.tenant_id,
        package_id=package.id,
        employer_id=package.employer_id,
        service=service,
        sold=0,
    )
