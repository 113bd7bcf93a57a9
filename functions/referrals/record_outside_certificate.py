"""A certificate of fitness that was issued elsewhere is written down; a referral that waits for it ends.

The referral's unit comes back: nobody was examined on it here.
"""

from functions.referrals.domain.certifying import examined
from functions.referrals.domain.coverage import release
from functions.referrals.domain.employment import Employee
from functions.referrals.domain.fitness_letters import fitness_letters
from functions.referrals.domain.jurisdiction import profile_of
from functions.referrals.domain.letters import release_letters
from functions.referrals.domain.outside import OutsideCertificate, check_paper, recorded
from functions.referrals.domain.projection import EmployerView, employer_view
from functions.referrals.domain.referral import Referral
from shared.contracts.directory import Employer
from shared.kernel.actors import Role, Scope
from shared.kernel.errors import NotFound
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class RecordOutsideCertificate(Request, OutsideCertificate):
    """`referral_id` where the person had been referred by us."""

    employee_id: str
    referral_id: str = ""


@action(
    post("/v1/employees/{employee_id}:record-certificate"),
    role=(Role.EMPLOYER, Role.OPERATOR),
    scope=Scope.OWN,
)
def record_outside_certificate(req: RecordOutsideCertificate, ctx: Context) -> EmployerView:
    """Record a certificate of fitness that was issued elsewhere."""
    check_paper(req, ctx.now.date())
    employee = ctx.store.get(Employee, req.employee_id)
    referral = _referral(req, employee, ctx)
    law = profile_of(referral.jurisdiction if referral else _country(employee, ctx))
    made = recorded(req, employee, referral, law, ctx.new_id(), ctx.now)
    if referral is not None:
        ctx.store.apply(examined(referral, made, ctx.now))
        ctx.store.send(*release_letters(referral, ctx.now))
        release(ctx.store, referral, "examined_elsewhere", ctx.now)
    letters = () if referral else fitness_letters(made, ctx.now)
    return employer_view(ctx.store.create(made, "recorded", effects=letters, outside=True))


def _country(employee: Employee, ctx: Context) -> str:
    return ctx.store.get(Employer, employee.employer_id).country


def _referral(req: RecordOutsideCertificate, employee: Employee, ctx: Context) -> Referral | None:
    if not req.referral_id:
        return None
    referral = ctx.store.get(Referral, req.referral_id)
    if referral.employee_id != employee.id:
        raise NotFound
    return referral
