"""Somebody keeps a search under a name."""

from typing import Annotated

from pydantic import Field

from functions.referrals.domain.asked import Asked, query_of_asked
from functions.referrals.domain.asking import asker_of
from functions.referrals.domain.saved_view import (
    VIEWS_MAX,
    SavedView,
    TooManyViews,
    ViewShown,
    owner_of,
    shown,
    views_of,
)
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, Response, action, post
from shared.runtime.context import Context


class SaveView(Request, Asked):
    name: Annotated[str, Field(min_length=1, max_length=80)]


class ViewSaved(Response, ViewShown):
    pass


@action(post("/v1/saved-views"), role=(Role.EMPLOYER, Role.OPERATOR, Role.ADMIN), scope=Scope.OWN)
def save_view(req: SaveView, ctx: Context) -> ViewSaved:
    """Save a search that can be served, for your company, or as staff for yourself."""
    asked = Asked(referrals=req.referrals, certificates=req.certificates)
    asker = asker_of(ctx.store, ctx.actor, ctx.settings.country, ctx.settings.zone, ctx.now)
    query_of_asked(asked, asker, ctx.ports.seals)
    if len(ctx.store.select(SavedView, views_of(owner_of(ctx.actor)))) >= VIEWS_MAX:
        raise TooManyViews
    view = SavedView(
        id=ctx.new_id(),
        tenant_id=ctx.actor.tenant_id,
        owner_id=owner_of(ctx.actor),
        name=req.name,
        filters_json=asked.model_dump_json(exclude_none=True),
        saved_at=ctx.now,
    )
    return ViewSaved(**dict(shown(ctx.store.create(view))))
