"""The searches that somebody has saved, the oldest first."""

from functions.referrals.domain.saved_view import SavedView, ViewShown, shown, views_of
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, Response, action, get
from shared.runtime.context import Context


class ListViews(Request):
    pass


class Views(Response):
    views: tuple[ViewShown, ...]


@action(get("/v1/saved-views"), role=(Role.EMPLOYER, Role.OPERATOR, Role.ADMIN), scope=Scope.OWN)
def list_views(req: ListViews, ctx: Context) -> Views:
    """List your saved searches."""
    return Views(views=tuple(shown(one) for one in ctx.store.select(SavedView, views_of(ctx.actor.user_id))))
