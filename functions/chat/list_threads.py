"""The conversations: those the reader takes part in first, the one written last on top."""

from functions.chat.domain.listing import rows_of, threads_of, threads_where
from functions.chat.domain.texts import Spoken
from functions.chat.domain.thread import Thread, ThreadStatus
from functions.chat.domain.views import ThreadView
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Page, Response, action, get
from shared.runtime.context import Context
from shared.runtime.pages import page_of


class ListThreads(Page):
    """`mine`: only those the reader takes part in; a doctor sees no others."""

    mine: bool = False
    status: ThreadStatus | None = None
    language: Spoken = "pl"


class Threads(Response):
    """The first page begins with the reader's own; the others follow, each by who was written to last."""

    threads: tuple[ThreadView, ...]
    next_page_token: str


@action(get("/v1/threads"), role=(Role.OPERATOR, Role.ADMIN, Role.DOCTOR), scope=Scope.CASE, audited=True)
def list_threads(req: ListThreads, ctx: Context) -> Threads:
    """List conversations with what is unread in each and its last message."""
    if req.mine or not ctx.actor.is_staff:
        found, next_page = page_of(ctx, Thread, req, threads_of(ctx.actor, req.status))
        return Threads(threads=rows_of(found, ctx.store, ctx.actor, req.language), next_page_token=next_page)
    others, next_page = page_of(ctx, Thread, req, threads_where(req.status))
    own = [] if req.page_token else ctx.store.select(Thread, threads_of(ctx.actor, req.status))
    found = [*own, *(one for one in others if ctx.actor.user_id not in one.staff_ids)]
    return Threads(threads=rows_of(found, ctx.store, ctx.actor, req.language), next_page_token=next_page)
