"""Letting somebody in again who was shut out."""

from functions.identity.domain.members import enabled
from functions.identity.domain.views import MemberView, view_of
from shared.contracts.members import Member
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class EnableMember(Request):
    member_id: str


@action(post("/v1/members/{member_id}:enable"), role=Role.ADMIN, recent_sign_in=True)
def enable_member(req: EnableMember, ctx: Context) -> MemberView:
    """Let somebody in again."""
    saved = ctx.store.change(Member, req.member_id, lambda member: enabled(member, ctx.actor.user_id))
    return view_of(saved)
