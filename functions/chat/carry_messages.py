"""Messages are carried over to the other chat, in their order; while it is away they wait."""

from functions.chat.domain.crossing import CARRIED_AT_ONCE, CarryMessages, Crossing, RoomKey, carried_over
from functions.chat.domain.message import Message, message_id
from functions.chat.domain.thread import Thread
from shared.runtime.action import Done, Needs, action, task
from shared.runtime.context import Context


@action(task("bridge"), needs=Needs(timeout_seconds=300))
def carry_messages(req: CarryMessages, ctx: Context) -> Done:
    """Carry over what is not there yet."""
    ctx.store.prefetch((Thread, req.thread_id), (Crossing, req.thread_id))
    thread = ctx.store.find(Thread, req.thread_id)
    if thread is None or ctx.settings.bridge == "off":
        return Done()
    fresh = Crossing(id=thread.id, tenant_id=thread.tenant_id, heard_until=thread.opened_at)
    before = ctx.store.find(Crossing, thread.id) or fresh
    last = min(thread.last_number, before.carried + CARRIED_AT_ONCE)
    numbers = range(before.carried + 1, last + 1)
    messages = ctx.store.find_many(Message, [message_id(thread.id, one) for one in numbers])
    after, letters = carried_over(before, thread, messages, ctx.ports.bridge, ctx.now)
    ctx.store.put(after)
    if after.room_id and after.room_id != before.room_id:
        ctx.store.put(RoomKey(id=after.room_id, tenant_id=thread.tenant_id, thread_id=thread.id))
    ctx.store.send(*letters)
    return Done()
