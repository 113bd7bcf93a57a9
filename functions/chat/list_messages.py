"""The messages of a thread, by their numbers: onwards from one, back from one, or the newest."""

from pydantic import Field

from functions.chat.domain.message import Message, message_id
from functions.chat.domain.reading import wanted_numbers
from functions.chat.domain.taking_part import conversation
from functions.chat.domain.texts import Spoken
from functions.chat.domain.views import MessageView, message_views
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, Response, action, get
from shared.runtime.context import Context


class ListMessages(Request):
    """`after`: those behind this number. `before`: the last ones before it. Neither: the newest."""

    thread_id: str
    after: int | None = Field(None, ge=0)
    before: int | None = Field(None, ge=1)
    page_size: int = Field(50, ge=1, le=100)
    language: Spoken = "pl"


class Messages(Response):
    """In the order of their numbers, which have no gap. `last_number`: of the newest message there is."""

    messages: tuple[MessageView, ...]
    last_number: int


@action(
    get("/v1/threads/{thread_id}/messages"),
    role=(Role.OPERATOR, Role.ADMIN, Role.DOCTOR),
    scope=Scope.CASE,
    audited=True,
)
def list_messages(req: ListMessages, ctx: Context) -> Messages:
    """Read the messages of a thread."""
    thread = conversation(ctx.store, req.thread_id, ctx.actor).thread
    numbers = wanted_numbers(thread.last_number, req.after, req.before, req.page_size)
    found = ctx.store.find_many(Message, [message_id(thread.id, one) for one in numbers])
    return Messages(
        messages=message_views(found, ctx.store, ctx.actor, req.language), last_number=thread.last_number
    )
