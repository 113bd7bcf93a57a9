"""Devices are told that something waits: which thread, and nothing of what was written.

A push that is lost costs nothing: apps listen, and who does not read gets a text. Twice shows once.
"""

from functions.chat.domain.device import Device, PushMessage, devices_of
from functions.chat.domain.marker import ReadMarker, marker_id
from functions.chat.domain.message import Message, message_id
from functions.chat.domain.taking_part import Conversation
from functions.chat.domain.thread import Thread, seat_of_doctor, seat_of_staff
from shared.contracts.circles import Circle
from shared.contracts.notices import NOTICES
from shared.contracts.push import DeviceGone, PushDelayed
from shared.kernel.errors import Busy
from shared.runtime.action import Done, Needs, action, task
from shared.runtime.context import Context
from shared.runtime.log import event


@action(task("pushes"), needs=Needs(timeout_seconds=120))
def push_message(req: PushMessage, ctx: Context) -> Done:
    """Tell the devices of who takes part and has not read it yet."""
    message_key = message_id(req.thread_id, req.number)
    ctx.store.prefetch((Thread, req.thread_id), (Circle, req.thread_id), (Message, message_key))
    thread, circle = ctx.store.find(Thread, req.thread_id), ctx.store.find(Circle, req.thread_id)
    message = ctx.store.find(Message, message_key)
    if thread is None or circle is None or message is None or message.deleted_at is not None:
        return Done()
    doctors = map(seat_of_doctor, Conversation(thread, circle).doctors)
    seats = [one for one in (*doctors, *map(seat_of_staff, thread.staff_ids)) if one != message.author.seat]
    ctx.store.prefetch(*((ReadMarker, marker_id(thread.id, one)) for one in seats))
    waiting = tuple(one for one in seats if _has_not_read(ctx, thread, one, req.number))
    for device in (one for query in devices_of(waiting) for one in ctx.store.select(Device, query)):
        try:
            ctx.ports.push.tell(device.token, thread.id)
        except DeviceGone:
            ctx.store.remove(ctx.store.get(Device, device.id))
            _note(thread, "gone")
        except PushDelayed:
            _note(thread, "delayed")
            raise Busy from None  # the queue brings it again, and those who had it hear it once more
        else:
            _note(thread, "sent")
    return Done()


def _note(thread: Thread, outcome: str) -> None:
    """As the outbox says of a text or a mail."""
    notice = NOTICES["chat.message"]
    event("notice", notice=notice.name, channel=notice.channels[0].value, outcome=outcome, about=thread.id)


def _has_not_read(ctx: Context, thread: Thread, seat: str, number: int) -> bool:
    marker = ctx.store.find(ReadMarker, marker_id(thread.id, seat))
    return marker is None or marker.up_to < number
