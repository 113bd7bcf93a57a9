"""Many people are referred to the same examination at once; who cannot be is named, the others are.

All that go through are one commit. A repeated request with its key gets the same answer.
"""

from typing import Annotated

from pydantic import Field

from functions.referrals.domain.employment import Employee
from functions.referrals.domain.issuing import Wish
from functions.referrals.domain.writing import BULK_MAX, NoSuchEmployee, desk_of, packages_at, write
from shared.contracts.directory import Employer
from shared.kernel.actors import Role, Scope
from shared.kernel.errors import Refusal
from shared.kernel.records import Value
from shared.runtime.action import Request, Response, action, post
from shared.runtime.context import Context


class IssueReferrals(Request, Wish):
    """The same order for each; without `positions` those of each person's contract."""

    employee_ids: Annotated[tuple[str, ...], Field(min_length=1, max_length=BULK_MAX)]


class Issued(Value):
    """`referral_id`, or the code of the refusal and what to do about it."""

    employee_id: str
    referral_id: str = ""
    code: str = ""
    detail: str = ""


class ReferralsIssued(Response):
    issued: int
    refused: int
    rows: tuple[Issued, ...]


@action(post("/v1/referrals:issue"), role=Role.EMPLOYER, scope=Scope.OWN)
def issue_referrals(req: IssueReferrals, ctx: Context) -> ReferralsIssued:
    """Refer up to fifty people at once."""
    me, wanted = ctx.actor.record_id, tuple(dict.fromkeys(req.employee_ids))
    ctx.store.prefetch((Employer, me), *((Employee, one) for one in wanted))
    desk = desk_of(ctx.store.get(Employer, me), ctx.actor.user_id, ctx.now)
    packages = packages_at(ctx.store, me)
    rows = []
    for employee_id in wanted:
        try:
            employee = ctx.store.find(Employee, employee_id)
            if employee is None:
                raise NoSuchEmployee
            referral, _ = write(ctx.store, desk, employee, req, packages, ctx.new_id())
            rows.append(Issued(employee_id=employee_id, referral_id=referral.id))
        except Refusal as no:
            rows.append(Issued(employee_id=employee_id, code=no.code(), detail=no.detail))
    issued = sum(1 for one in rows if one.referral_id)
    return ReferralsIssued(issued=issued, refused=len(rows) - issued, rows=tuple(rows))
