"""Saved searches, the oldest first."""

from functions.referrals.domain.saved_view import SavedView, ViewShown, owner_of, shown, views_of
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, Response, action, get
from shared.runtime.context import Context


class ListViews(Request):
    pass


class Views(Response):
    views: tuple[ViewShown, ...]


@action(get("/v1/saved-views"), role=(Role.EMPLOYER, Role.OPERATOR, Role.ADMIN), scope=Scope.OWN)
def list_views(req: ListViews, ctx: Context) -> Views:
    """List the searches that you or your company have saved."""
    return Views(
        views=tuple(shown(one) for one in ctx.store.select(SavedView, views_of(owner_of(ctx.actor))))
    )
