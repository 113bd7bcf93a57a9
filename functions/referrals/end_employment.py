"""A contract ends: from the day after it nobody is reminded of this person for it, nor referred."""

from pydantic import Field

from functions.referrals.domain.employee_search import EmployeeRow, row_of
from functions.referrals.domain.employment import Employee
from functions.referrals.domain.people_facts import ended
from shared.kernel.actors import Role, Scope
from shared.kernel.times import Day, day_in
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class EndEmployment(Request):
    """`until`: the last day. `contract`: its number, "" where it has none."""

    employee_id: str
    contract: str = Field("", max_length=40)
    until: Day


@action(post("/v1/employees/{employee_id}:end"), role=Role.EMPLOYER, scope=Scope.OWN)
def end_employment(req: EndEmployment, ctx: Context) -> EmployeeRow:
    """Say on which day a contract ends. Open referrals stay, in `referral_ids`, until you revoke them."""
    after = ctx.store.change(Employee, req.employee_id, lambda it: ended(it, req.contract, req.until))
    return row_of(after, day_in(ctx.settings.zone, ctx.now))
