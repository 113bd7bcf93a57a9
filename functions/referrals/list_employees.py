"""The people of an employer, the newest on the list first."""

from functions.referrals.domain.employee_search import (
    EmployeeFilter,
    EmployeeRow,
    employees_where,
    is_meant,
    row_of,
)
from functions.referrals.domain.employment import Employee
from shared.kernel.actors import Role, Scope
from shared.kernel.times import day_in
from shared.runtime.action import Page, Response, action, look_up
from shared.runtime.context import Context
from shared.runtime.pages import page_of


class ListEmployees(Page, EmployeeFilter):
    pass


class Employees(Response):
    employees: tuple[EmployeeRow, ...]
    next_page_token: str


@action(
    look_up("/v1/employees:search"),
    role=(Role.EMPLOYER, Role.OPERATOR, Role.ADMIN),
    scope=Scope.OWN,
    audited=True,
)
def list_employees(req: ListEmployees, ctx: Context) -> Employees:
    """List employees; an employer sees its own."""
    query = employees_where(req, ctx.actor.record_id, ctx.ports.seals, ctx.actor.tenant_id)
    found, next_page = page_of(ctx, Employee, req, query)
    today = day_in(ctx.settings.zone, ctx.now)
    rows = tuple(row_of(one, today) for one in found if is_meant(one, req))
    return Employees(employees=rows, next_page_token=next_page)
