"""What was written in the other chat joins its thread, in its order, each once."""

from datetime import timedelta

from functions.chat.domain.announcing import announced
from functions.chat.domain.crossing import (
    FETCHED_AT_ONCE,
    OVERLAP,
    Crossing,
    FetchMessages,
    fetching,
    words_of,
)
from functions.chat.domain.taking_part import Conversation
from functions.chat.domain.thread import Thread
from functions.chat.domain.writing import write
from shared.contracts.bridge import BridgeDelayed, BridgeRefused
from shared.contracts.circles import Circle
from shared.kernel.errors import Busy
from shared.runtime.action import Done, Needs, action, task
from shared.runtime.context import Context


@action(task("bridge"), needs=Needs(timeout_seconds=120))
def fetch_messages(req: FetchMessages, ctx: Context) -> Done:
    """Read what is new over there; while it is away, the queue brings this again."""
    ctx.store.prefetch((Thread, req.thread_id), (Crossing, req.thread_id), (Circle, req.thread_id))
    crossing, thread = ctx.store.find(Crossing, req.thread_id), ctx.store.find(Thread, req.thread_id)
    circle = ctx.store.find(Circle, req.thread_id)
    if crossing is None or thread is None or circle is None or not crossing.room_id:
        return Done()
    try:
        since = crossing.heard_until - OVERLAP
        found = ctx.ports.bridge.since(crossing.room_id, since, FETCHED_AT_ONCE)
    except BridgeDelayed:
        raise Busy from None
    except BridgeRefused as no:
        ctx.store.put(crossing.but(refused=str(no)[:200]))
        return Done()
    talk, patience = Conversation(thread, circle), timedelta(minutes=ctx.settings.chat_unread_minutes)
    for one in found:
        if one.is_ours or not one.text.strip() or not talk.thread.is_open:
            continue
        written = write(talk, words_of(one), ctx.store, ctx.now, patience)
        talk = Conversation(written.thread, circle)
        ctx.store.send(*announced(written, ctx.now, push=ctx.settings.push, bridge="off"))
    if found:
        ctx.store.put(crossing.but(heard_until=max(crossing.heard_until, found[-1].at)))
    if len(found) == FETCHED_AT_ONCE and found[-1].at > crossing.heard_until:
        ctx.store.send(fetching(thread.id, found[-1].id, ctx.now))
    return Done()
