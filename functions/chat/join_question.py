"""A doctor asks something about a visit by SMS: it stands in the visit's conversation, which begins with it
where there is none. They take part once an operator lets them in."""

from datetime import timedelta

from functions.chat.domain.announcing import announced
from functions.chat.domain.message import Author, Way
from functions.chat.domain.opening import asked
from functions.chat.domain.thread import Thread, seat_of_doctor
from functions.chat.domain.writing import Words
from shared.contracts.chat import ChatAsked
from shared.contracts.circles import Circle
from shared.contracts.messaging import InboundText
from shared.kernel.actors import Role
from shared.runtime.action import Done, action, topic
from shared.runtime.context import Context

OVER = "visit_is_over"


@action(topic(ChatAsked))
def join_question(req: ChatAsked, ctx: Context) -> Done:
    """Put a doctor's question into the conversation about the visit."""
    ctx.store.prefetch((InboundText, req.text_id), (Thread, req.thread_id), (Circle, req.thread_id))
    text = ctx.store.get(InboundText, req.text_id)
    circle, thread = ctx.store.find(Circle, req.thread_id), ctx.store.find(Thread, req.thread_id)
    if circle is None or not circle.holds(req.doctor_id):
        ctx.store.put(text.but(outcome="to_operator", reason=OVER))
        return Done()
    author = Author(seat=seat_of_doctor(req.doctor_id), role=Role.DOCTOR, way=Way.SMS)
    words = Words(client_id=f"sms:{text.id}", author=author, text=text.body.strip())
    patience = timedelta(minutes=ctx.settings.chat_unread_minutes)
    for written in asked(thread, circle, words, ctx.store, ctx.now, patience):
        ctx.store.send(*announced(written, ctx.now, push=ctx.settings.push, bridge=ctx.settings.bridge))
    return Done()
