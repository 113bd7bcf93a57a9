"""Who the caller is here: what an app shows in its corner, and what it may offer them."""

from functions.identity.domain.views import MemberView, view_of
from shared.contracts.members import Member, member_id
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, get
from shared.runtime.context import Context

EVERYBODY = (Role.OPERATOR, Role.DOCTOR, Role.PATIENT, Role.EMPLOYER, Role.PARTNER, Role.ADMIN)


class WhoAmI(Request):
    pass


@action(get("/v1/me"), role=EVERYBODY, scope=Scope.OWN)
def who_am_i(req: WhoAmI, ctx: Context) -> MemberView:
    """Say who you are here: your role and whom you stand for."""
    return view_of(ctx.store.get(Member, member_id(ctx.actor.tenant_id, ctx.actor.user_id)))
