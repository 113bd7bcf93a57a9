"""Shutting somebody out, whatever their provider says; it is felt within a minute."""

from functions.identity.domain.members import disabled, keep_an_admin
from functions.identity.domain.views import MemberView, view_of
from shared.contracts.members import Member
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class DisableMember(Request):
    member_id: str


@action(post("/v1/members/{member_id}:disable"), role=Role.ADMIN, recent_sign_in=True)
def disable_member(req: DisableMember, ctx: Context) -> MemberView:
    """Let somebody in no more."""
    member = ctx.store.get(Member, req.member_id)
    decision = disabled(member, ctx.actor.user_id)
    if decision is None:
        return view_of(member)
    keep_an_admin(member, decision.record, ctx.store)
    return view_of(ctx.store.apply(decision))
