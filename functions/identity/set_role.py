"""An administrator's word on what somebody may do here; it is felt within a minute."""

from typing import Literal

from pydantic import Field

from functions.identity.domain.linking import record_of
from functions.identity.domain.members import keep_an_admin, role_set
from functions.identity.domain.refusals import LinkNotFound
from functions.identity.domain.views import MemberView, view_of
from shared.contracts.members import Member
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context

PersonRole = Literal[Role.OPERATOR, Role.DOCTOR, Role.PATIENT, Role.EMPLOYER, Role.PARTNER, Role.ADMIN]


class SetRole(Request):
    """`role` null takes it away. `record_id`: whom they stand for, unless they are staff. `pinned`: whatever
    groups their provider names from now on."""

    member_id: str
    role: PersonRole | None
    record_id: str = Field("", max_length=200)
    pinned: bool = True


@action(post("/v1/members/{member_id}:set-role"), role=Role.ADMIN, recent_sign_in=True)
def set_role(req: SetRole, ctx: Context) -> MemberView:
    """Give somebody a role, or take it away."""
    member = ctx.store.get(Member, req.member_id)
    decision = role_set(member, req.role, req.record_id, pinned=req.pinned, by=ctx.actor.user_id)
    if decision is None:
        return view_of(member)
    if req.record_id and not record_of(req.role, req.record_id, ctx.store):
        raise LinkNotFound
    keep_an_admin(member, decision.record, ctx.store)
    return view_of(ctx.store.apply(decision))
