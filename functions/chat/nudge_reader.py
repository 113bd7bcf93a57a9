"""The timer of an unread message: a doctor who has still not read gets one text.

It may come twice, late or early: it carries the instant it was planned for.
"""

from functions.chat.domain.marker import ReadMarker
from functions.chat.domain.nudging import NudgeReader, is_due, nudged
from functions.chat.domain.taking_part import Conversation
from functions.chat.domain.thread import Thread, seat_of_doctor
from shared.contracts.chat import AnswerWindows
from shared.contracts.circles import Circle
from shared.contracts.directory import Doctor
from shared.contracts.notice_rules import NoticePreferences, preferences_id
from shared.kernel.actors import Role
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("notices"))
def nudge_reader(req: NudgeReader, ctx: Context) -> Done:
    """Text a doctor that something waits to be read."""
    ctx.store.prefetch((ReadMarker, req.marker_id), (Thread, req.thread_id), (Circle, req.thread_id))
    marker = ctx.store.find(ReadMarker, req.marker_id)
    thread, circle = ctx.store.find(Thread, req.thread_id), ctx.store.find(Circle, req.thread_id)
    if marker is None or thread is None or circle is None or not is_due(marker, req.at, ctx.now):
        return Done()
    reader = marker.seat.removeprefix(seat_of_doctor(""))
    still = reader in Conversation(thread, circle).doctors
    chosen = preferences_id(thread.tenant_id, Role.DOCTOR, reader)
    if still:
        ctx.store.prefetch((Doctor, reader), (NoticePreferences, chosen))
    doctor = ctx.store.find(Doctor, reader) if still else None
    wanted = ctx.store.find(NoticePreferences, chosen) if still else None
    phone = doctor.texting_phone if doctor else None
    windows = ctx.store.find(AnswerWindows, phone.phone_key) if phone else None
    nudge = nudged(marker, thread, doctor, windows, ctx.settings.sender_numbers, ctx.now, wanted)
    ctx.store.put(nudge.marker)
    if nudge.windows is not None:
        ctx.store.put(nudge.windows.told_in(ctx.origin))
    ctx.store.send(*nudge.effects)
    return Done()
