"""How far somebody has read. The marker never moves back; an earlier one changes nothing."""

from pydantic import Field

from functions.chat.domain.taking_part import conversation, my_marker
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, Response, action, post
from shared.runtime.context import Context


class MarkRead(Request):
    """`up_to`: the number of the last message that was seen."""

    thread_id: str
    up_to: int = Field(ge=0)


class MarkedRead(Response):
    read_up_to: int
    unread: int


@action(
    post("/v1/threads/{thread_id}:mark-read"),
    role=(Role.OPERATOR, Role.ADMIN, Role.DOCTOR),
    scope=Scope.CASE,
)
def mark_read(req: MarkRead, ctx: Context) -> MarkedRead:
    """Say up to which message a thread was read."""
    thread = conversation(ctx.store, req.thread_id, ctx.actor).thread
    before = my_marker(ctx.store, thread, ctx.actor)
    after = before.read(req.up_to, thread.last_number, thread.spoken)
    if after != before:
        ctx.store.put(after)
    return MarkedRead(read_up_to=after.up_to, unread=after.unread(thread.last_number))
