"""A word is looked for in a thread, from the newest message back. The words do not stand in a URL."""

from typing import Final

from pydantic import Field

from functions.chat.domain.message import Message, message_id
from functions.chat.domain.reading import holding, wanted_numbers
from functions.chat.domain.taking_part import conversation
from functions.chat.domain.texts import Spoken
from functions.chat.domain.views import MessageView, message_views
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, Response, action, look_up
from shared.runtime.context import Context

LOOKED_AT_MAX: Final = 500


class SearchThread(Request):
    """`text`: words that all stand in a message, in any case, with or without marks on letters. `before`:
    `searched_from` of the answer before."""

    thread_id: str
    text: str = Field(min_length=2, max_length=100)
    before: int | None = Field(None, ge=1)
    language: Spoken = "pl"


class Found(Response):
    """The newest first. `searched_from`: from which number on all were looked at; 1: there are no more."""

    messages: tuple[MessageView, ...]
    searched_from: int


@action(
    look_up("/v1/threads/{thread_id}:search"),
    role=(Role.OPERATOR, Role.ADMIN, Role.DOCTOR),
    scope=Scope.CASE,
    audited=True,
)
def search_thread(req: SearchThread, ctx: Context) -> Found:
    """Search a thread; 500 messages are looked at in one go."""
    thread = conversation(ctx.store, req.thread_id, ctx.actor).thread
    numbers = wanted_numbers(thread.last_number, None, req.before, LOOKED_AT_MAX)
    read = ctx.store.find_many(Message, [message_id(thread.id, one) for one in reversed(numbers)])
    found = holding(read, req.text)
    return Found(
        messages=message_views(found, ctx.store, ctx.actor, req.language),
        searched_from=numbers.start if numbers else 1,
    )
