"""Read one portion of a list of employees: its people, what is wrong in it, and how far it is, in one commit.

Who dies within it has done nothing, and the task comes again; who comes twice finds another portion due. The
only function that opens employers' files, one at a time.
"""

from functools import partial

from functions.referrals.domain.employee_import import (
    EmployeeImport,
    ImportPortion,
    ImportStatus,
    ReadEmployees,
    portion_id,
)
from functions.referrals.domain.employee_rows import EmployeeList
from functions.referrals.domain.import_reading import Unread, given_back, opened
from functions.referrals.domain.importing import finished, gone_on, portion_of, refused
from functions.referrals.domain.people_facts import checked
from functions.referrals.domain.staffing import Desk, taken_in
from shared.runtime.action import Done, Needs, action, task
from shared.runtime.context import Context


@action(task("imports"), needs=Needs(memory_mb=1024, timeout_seconds=120, concurrency=1))
def read_employees(req: ReadEmployees, ctx: Context) -> Done:
    """Take in the next rows of a list of employees."""
    it = ctx.store.find(EmployeeImport, req.import_id)
    if it is None or it.status != ImportStatus.READING or it.portion != req.portion:
        return Done()
    try:
        people = opened(it, ctx.files, ctx.ports.antivirus, ctx.ports.workbooks)
    except Unread as no:
        ctx.store.apply(refused(it, str(no)))
        return Done()
    if (it.rows and it.tally.rows >= it.rows) or not people.rows:
        _finish(it, people, ctx)
    else:
        _read(it, people, ctx)
    return Done()


def _read(it: EmployeeImport, people: EmployeeList, ctx: Context) -> None:
    parse = partial(ctx.ports.phones.parse, country=ctx.settings.country)
    check = partial(checked, identifiers=ctx.ports.identifiers, parse_phone=parse)
    portion = portion_of(people, it.portion, check)
    desk = Desk(it.tenant_id, it.employer_id, ctx.ports.seals, ctx.now)
    tally, faulty = taken_in(ctx.store, desk, portion, it.tally)
    if faulty:
        key = portion_id(it.id, it.portion)
        ctx.store.put(ImportPortion(id=key, tenant_id=it.tenant_id, import_id=it.id, rows=faulty))
    ctx.store.apply(gone_on(it, len(people.rows), tally, faulty, ctx.now))


def _finish(it: EmployeeImport, people: EmployeeList, ctx: Context) -> None:
    keys = [portion_id(it.id, number) for number in range(it.portion)]
    faulty = [row for one in ctx.store.find_many(ImportPortion, keys) for row in one.rows]
    marked = given_back(it, people, faulty, ctx.files, ctx.ports.workbooks) if faulty else 0
    ctx.store.apply(finished(it, marked))
