"""A saved search is not wanted any more."""

from functions.referrals.domain.saved_view import SavedView
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Done, Request, action, post
from shared.runtime.context import Context


class RemoveView(Request):
    view_id: str


@action(
    post("/v1/saved-views/{view_id}:remove"), role=(Role.EMPLOYER, Role.OPERATOR, Role.ADMIN), scope=Scope.OWN
)
def remove_view(req: RemoveView, ctx: Context) -> Done:
    """Remove a saved search."""
    ctx.store.remove(ctx.store.get(SavedView, req.view_id))
    return Done()
