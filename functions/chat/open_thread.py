"""The conversation about a case is opened: once for each case, however often it is asked for."""

from pydantic import Field

from functions.chat.domain.announcing import announced
from functions.chat.domain.opening import opened
from functions.chat.domain.taking_part import conversation, my_marker
from functions.chat.domain.texts import Spoken
from functions.chat.domain.thread import Thread
from functions.chat.domain.views import ThreadView, thread_view
from shared.contracts.circles import Circle
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class OpenThread(Request):
    """`case_id` of a visit or certificate case. `let_in`: doctors who were asked, and may take part for
    as long as they are; for operators."""

    case_id: str
    let_in: tuple[str, ...] = Field(default=(), max_length=30)
    language: Spoken = "pl"


@action(post("/v1/threads"), role=(Role.OPERATOR, Role.ADMIN, Role.DOCTOR), scope=Scope.CASE)
def open_thread(req: OpenThread, ctx: Context) -> ThreadView:
    """Open the conversation about a case, or open it again; whoever opens it takes part."""
    ctx.store.prefetch((Circle, req.case_id), (Thread, req.case_id))
    circle, found = ctx.store.get(Circle, req.case_id), ctx.store.find(Thread, req.case_id)
    let_in = req.let_in if ctx.actor.is_staff else ()
    written = opened(found, circle, let_in, ctx.actor, ctx.store, ctx.now)
    ctx.store.send(*announced(written, ctx.now, push=ctx.settings.push, bridge=ctx.settings.bridge))
    thread = conversation(ctx.store, req.case_id, ctx.actor).thread
    return thread_view(thread, my_marker(ctx.store, thread, ctx.actor), ctx.actor, None, req.language)
