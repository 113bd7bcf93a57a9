"""A doctor answered by SMS: the text joins its conversation, or goes to a person where that is over."""

from datetime import timedelta

from functions.chat.domain.announcing import announced
from functions.chat.domain.backing_out import backed_out
from functions.chat.domain.message import Author, Way
from functions.chat.domain.taking_part import Conversation
from functions.chat.domain.thread import Thread, seat_of_doctor
from functions.chat.domain.writing import Words, write
from shared.contracts.chat import ChatAnswered
from shared.contracts.circles import Circle
from shared.contracts.messaging import InboundText
from shared.kernel.actors import Role
from shared.runtime.action import Done, action, topic
from shared.runtime.context import Context

OVER = "conversation_is_over"


@action(topic(ChatAnswered))
def join_answer(req: ChatAnswered, ctx: Context) -> Done:
    """Put a doctor's text into the thread that it answers."""
    ctx.store.prefetch((InboundText, req.text_id), (Thread, req.thread_id), (Circle, req.thread_id))
    text = ctx.store.get(InboundText, req.text_id)
    talk = Conversation(ctx.store.get(Thread, req.thread_id), ctx.store.get(Circle, req.thread_id))
    if not talk.thread.is_open or req.doctor_id not in talk.doctors:
        ctx.store.put(text.but(outcome="to_operator", reason=OVER))
        return Done()
    author = Author(seat=seat_of_doctor(req.doctor_id), role=Role.DOCTOR, way=Way.SMS)
    words = Words(client_id=f"sms:{text.id}", author=author, text=text.body.strip())
    written = write(talk, words, ctx.store, ctx.now, timedelta(minutes=ctx.settings.chat_unread_minutes))
    ctx.store.send(*backed_out(talk, written))
    ctx.store.send(*announced(written, ctx.now, push=ctx.settings.push, bridge=ctx.settings.bridge))
    return Done()
