"""A page for people who ask whether it is only them."""

from functions.platform.domain.status_page import page, parts
from shared.runtime.action import Request, action, public
from shared.runtime.backlog import CURRENT, StatusNote
from shared.runtime.context import Context
from shared.runtime.html import Html


class Status(Request):
    pass


@action(public("/v1/status"))
def status(req: Status, ctx: Context) -> Html:
    """Show which parts of the system work."""
    note = ctx.store.find(StatusNote, CURRENT)
    states = parts(ctx.now, note.at if note else None, note.outbox_age_seconds if note else 0)
    return Html(html=page(ctx.now, ctx.settings.release, states))
