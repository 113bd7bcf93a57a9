"""Who wrote a message takes it back: a tombstone stays in its place; what it said is kept for the audit."""

from pydantic import Field

from functions.chat.domain.changing import deleted
from functions.chat.domain.message import Message, message_id
from functions.chat.domain.taking_part import conversation
from functions.chat.domain.texts import Spoken
from functions.chat.domain.thread import seat_of
from functions.chat.domain.views import MessageView, message_views
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class DeleteMessage(Request):
    thread_id: str
    number: int = Field(ge=1, le=999_999)
    language: Spoken = "pl"


@action(
    post("/v1/threads/{thread_id}/messages/{number}:delete"),
    role=(Role.OPERATOR, Role.ADMIN, Role.DOCTOR),
    scope=Scope.CASE,
)
def delete_message(req: DeleteMessage, ctx: Context) -> MessageView:
    """Take back a message you wrote."""
    talk = conversation(ctx.store, req.thread_id, ctx.actor)
    talk.require_open()
    before = ctx.store.get(Message, message_id(req.thread_id, req.number))
    after = deleted(before, seat_of(ctx.actor), ctx.now)
    if after != before:
        ctx.store.put(after)
        ctx.store.put(talk.thread)  # so that it is not closed in the same moment
    return message_views([after], ctx.store, ctx.actor, req.language)[0]
