"""The case has news: its thread says so, and knows who takes part since."""

from functions.chat.domain.announcing import announced
from functions.chat.domain.opening import followed
from functions.chat.domain.taking_part import Conversation
from functions.chat.domain.thread import Thread
from shared.contracts.circles import CaseTurned, Circle
from shared.runtime.action import Done, action, topic
from shared.runtime.context import Context


@action(topic(CaseTurned))
def follow_case(req: CaseTurned, ctx: Context) -> Done:
    """Tell a thread what happened to its case."""
    ctx.store.prefetch((Thread, req.case_id), (Circle, req.case_id))
    thread, circle = ctx.store.find(Thread, req.case_id), ctx.store.find(Circle, req.case_id)
    if thread is not None and circle is not None:
        written = followed(Conversation(thread, circle), req, ctx.store, ctx.now)
        ctx.store.send(*announced(written, ctx.now, push=ctx.settings.push, bridge=ctx.settings.bridge))
    return Done()
