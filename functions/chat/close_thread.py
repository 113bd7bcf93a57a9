"""A conversation is over: it can be read, not written. Opening it again opens it again."""

from functions.chat.domain.announcing import announced
from functions.chat.domain.opening import closed
from functions.chat.domain.taking_part import conversation, my_marker
from functions.chat.domain.texts import Spoken
from functions.chat.domain.views import ThreadView, thread_view
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class CloseThread(Request):
    thread_id: str
    language: Spoken = "pl"


@action(post("/v1/threads/{thread_id}:close"), role=(Role.OPERATOR, Role.ADMIN))
def close_thread(req: CloseThread, ctx: Context) -> ThreadView:
    """Close a conversation."""
    talk = conversation(ctx.store, req.thread_id, ctx.actor)
    written = closed(talk, ctx.store, ctx.now)
    ctx.store.send(*announced(written, ctx.now, push=ctx.settings.push, bridge=ctx.settings.bridge))
    thread = written.thread if written else talk.thread
    return thread_view(thread, my_marker(ctx.store, thread, ctx.actor), ctx.actor, None, req.language)
