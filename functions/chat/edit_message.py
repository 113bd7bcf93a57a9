"""Who wrote a message changes it, within a quarter of an hour; what it said before is kept."""

from pydantic import Field

from functions.chat.domain.attaching import EmptyMessage
from functions.chat.domain.changing import edited
from functions.chat.domain.message import TEXT_MAX, Message, message_id
from functions.chat.domain.taking_part import conversation
from functions.chat.domain.texts import Spoken
from functions.chat.domain.thread import seat_of
from functions.chat.domain.views import MessageView, message_views
from shared.kernel.actors import Role, Scope
from shared.kernel.errors import FieldError
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class EditMessage(Request):
    thread_id: str
    number: int = Field(ge=1, le=999_999)
    text: str = Field(min_length=1, max_length=TEXT_MAX)
    language: Spoken = "pl"


@action(
    post("/v1/threads/{thread_id}/messages/{number}:edit"),
    role=(Role.OPERATOR, Role.ADMIN, Role.DOCTOR),
    scope=Scope.CASE,
)
def edit_message(req: EditMessage, ctx: Context) -> MessageView:
    """Change a message you have just written."""
    talk = conversation(ctx.store, req.thread_id, ctx.actor)
    talk.require_open()
    if not req.text.strip():
        raise EmptyMessage(errors=[FieldError("/text", "is empty")])
    before = ctx.store.get(Message, message_id(req.thread_id, req.number))
    after = edited(before, seat_of(ctx.actor), req.text.strip(), ctx.now)
    if after != before:
        ctx.store.put(after)
        ctx.store.put(talk.thread)  # so that it is not closed in the same moment
    return message_views([after], ctx.store, ctx.actor, req.language)[0]
