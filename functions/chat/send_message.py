"""A message is sent. The app makes its id, so that a message that is sent again is the same one."""

from datetime import timedelta

from pydantic import Field

from functions.chat.domain.announcing import announced
from functions.chat.domain.attaching import require_attachable
from functions.chat.domain.backing_out import backed_out
from functions.chat.domain.marker import ReadMarker, marker_id
from functions.chat.domain.message import ATTACHMENTS_MAX, CLIENT_ID, TEXT_MAX, Author, SentMark, mark_id
from functions.chat.domain.taking_part import conversation, my_marker
from functions.chat.domain.texts import Spoken
from functions.chat.domain.thread import Thread, seat_of
from functions.chat.domain.views import MessageView, message_views
from functions.chat.domain.writing import Words, write
from shared.contracts.circles import Circle
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class SendMessage(Request):
    """`message_id`: made by the app, a new one for each message. `read_up_to`: the number of the last message
    the writer has seen. `document_ids` of documents on the shelf of the case."""

    thread_id: str
    message_id: str = Field(pattern=CLIENT_ID)
    text: str = Field("", max_length=TEXT_MAX)
    document_ids: tuple[str, ...] = Field(default=(), max_length=ATTACHMENTS_MAX)
    read_up_to: int = Field(0, ge=0)
    language: Spoken = "pl"


@action(
    post("/v1/threads/{thread_id}/messages"),
    role=(Role.OPERATOR, Role.ADMIN, Role.DOCTOR),
    scope=Scope.CASE,
)
def send_message(req: SendMessage, ctx: Context) -> MessageView:
    """Write into a thread; the message takes the next number."""
    seat = seat_of(ctx.actor)
    mine = ((ReadMarker, marker_id(req.thread_id, seat)), (SentMark, mark_id(req.thread_id, req.message_id)))
    ctx.store.prefetch((Circle, req.thread_id), (Thread, req.thread_id), *mine)
    talk = conversation(ctx.store, req.thread_id, ctx.actor)
    words = Words(
        client_id=req.message_id,
        author=Author(seat=seat, role=ctx.actor.role),
        text=req.text.strip(),
        document_ids=tuple(dict.fromkeys(req.document_ids)),
    )
    talk.require_open()
    require_attachable(words, talk, ctx.store)
    patience = timedelta(minutes=ctx.settings.chat_unread_minutes)
    marker = my_marker(ctx.store, talk.thread, ctx.actor)
    if req.read_up_to > marker.up_to:
        ctx.store.put(marker.read(req.read_up_to, talk.thread.last_number, talk.thread.spoken))
    written = write(talk, words, ctx.store, ctx.now, patience)
    ctx.store.send(*backed_out(talk, written))
    ctx.store.send(*announced(written, ctx.now, push=ctx.settings.push, bridge=ctx.settings.bridge))
    return message_views([written.message], ctx.store, ctx.actor, req.language)[0]
