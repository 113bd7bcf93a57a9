"""Who has access: for administrators, to find who waits for a role and who should have none."""

from functions.identity.domain.views import MemberView, members_where, view_of
from shared.contracts.members import Member, MemberStatus
from shared.kernel.actors import Role
from shared.runtime.action import Page, Response, action, get
from shared.runtime.context import Context
from shared.runtime.pages import page_of


class ListMembers(Page):
    """What is left out is not asked about. `without_role`: those who signed in and may do nothing yet."""

    role: Role | None = None
    status: MemberStatus | None = None
    without_role: bool = False


class MembersPage(Response):
    members: tuple[MemberView, ...]
    next_page_token: str


@action(get("/v1/members"), role=Role.ADMIN, audited=True)
def list_members(req: ListMembers, ctx: Context) -> MembersPage:
    """List who has access, who came last first."""
    query = members_where(req.role, req.status, without_role=req.without_role)
    found, next_page = page_of(ctx, Member, req, query)
    return MembersPage(members=tuple(view_of(one) for one in found), next_page_token=next_page)
