"""What is left of an employer's packages, line by line."""

from collections.abc import Iterable
from datetime import date

from functions.referrals.domain.package import Allowance, Money, allowance_id
from functions.referrals.domain.units import as_sold
from shared.contracts.directory import ServicePackage
from shared.kernel.records import Value


class ServiceUsage(Value):
    """`over_free` units were approved beyond the package and are not used yet, at `over_price` each."""

    service: str
    sold: int
    free: int
    reserved: int
    consumed: int
    over_free: int
    over_reserved: int
    over_consumed: int
    over_price: Money | None
    is_owed: bool


class PackageUsage(Value):
    package_id: str
    name: str
    valid_from: date
    valid_until: date
    services: tuple[ServiceUsage, ...]


def keys_of(packages: Iterable[ServicePackage]) -> tuple[str, ...]:
    return tuple(allowance_id(one.id, sold.service) for one in packages for sold in one.granted)


def usage_of(package: ServicePackage, kept: dict[str, Allowance]) -> PackageUsage:
    services = [
        _service(as_sold(package, one.service, kept.get(allowance_id(package.id, one.service))))
        for one in package.granted
    ]
    return PackageUsage(
        package_id=package.id,
        name=package.name,
        valid_from=package.valid_from,
        valid_until=package.valid_until,
        services=tuple(services),
    )


def _service(account: Allowance) -> ServiceUsage:
    return ServiceUsage(
        service=account.service,
        sold=account.sold,
        free=account.included.free,
        reserved=account.included.reserved,
        consumed=account.included.consumed,
        over_free=account.over_limit.free,
        over_reserved=account.over_limit.reserved,
        over_consumed=account.over_limit.consumed,
        over_price=account.over_limit_price,
        is_owed=account.is_owed,
    )
