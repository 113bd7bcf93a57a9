"""An employer puts a person on its list: somebody it employs, or a candidate."""

from functools import partial

from functions.referrals.domain.employee_search import EmployeeRow, row_of
from functions.referrals.domain.people_facts import AlreadyListed, PersonFacts, checked
from functions.referrals.domain.staffing import Desk, listed, look_up
from shared.kernel.actors import Role, Scope
from shared.kernel.times import day_in
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class AddEmployee(Request, PersonFacts):
    pass


@action(post("/v1/employees"), role=Role.EMPLOYER, scope=Scope.OWN)
def add_employee(req: AddEmployee, ctx: Context) -> EmployeeRow:
    """Add a person, or what is new of one on your list: another contract, a new address."""
    parse = partial(ctx.ports.phones.parse, country=ctx.settings.country)
    facts = checked(PersonFacts(**req.model_dump()), ctx.ports.identifiers, parse)
    desk = Desk(ctx.actor.tenant_id, ctx.actor.record_id, ctx.ports.seals, ctx.now)
    look_up(ctx.store, desk, [facts])
    decision = listed(ctx.store, desk, facts)
    if decision is None:
        raise AlreadyListed(hint=desk.id_of(facts))
    return row_of(ctx.store.apply(decision), day_in(ctx.settings.zone, ctx.now))
