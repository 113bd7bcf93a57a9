"""What is left of an employer's packages, the one that ends first before the others."""

from functions.referrals.domain.coverage import packages_of
from functions.referrals.domain.package import Allowance
from functions.referrals.domain.usage import PackageUsage, keys_of, usage_of
from shared.contracts.directory import ServicePackage
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, Response, action, get
from shared.runtime.context import Context


class ListMyPackages(Request):
    pass


class MyPackages(Response):
    packages: tuple[PackageUsage, ...]


@action(get("/v1/my-packages"), role=Role.EMPLOYER, scope=Scope.OWN)
def list_my_packages(req: ListMyPackages, ctx: Context) -> MyPackages:
    """List what your packages hold, and what of it is reserved, used and free."""
    packages = ctx.store.select(ServicePackage, packages_of(ctx.actor.record_id))
    kept = {one.id: one for one in ctx.store.find_many(Allowance, keys_of(packages))}
    return MyPackages(packages=tuple(usage_of(one, kept) for one in packages))
