"""A doctor's text is read: yes, no, which one, later, leave me alone.

Three round trips: the text with its phone's desk; the visits, doctors and diaries it may speak of; one
commit. A reply that lost a race is read again with fresh facts, so what the doctor is told is true.
"""

from functions.house_visits.domain.desk import Desk
from functions.house_visits.domain.diary import Diary
from functions.house_visits.domain.reading import read_text
from functions.house_visits.domain.replies import interpret
from functions.house_visits.domain.reply_facts import Facts
from functions.house_visits.domain.visit import Visit
from shared.contracts.chat import AnswerWindows
from shared.contracts.directory import Doctor
from shared.contracts.messaging import InboundText, SmsReceived
from shared.kernel.records import Record
from shared.runtime.action import Done, action, topic
from shared.runtime.context import Context


@action(topic(SmsReceived))
def read_reply(req: SmsReceived, ctx: Context) -> Done:
    """Read an inbound text and act on it."""
    ctx.store.prefetch((InboundText, req.text_id), (Desk, req.phone_key), (AnswerWindows, req.phone_key))
    text = ctx.store.get(InboundText, req.text_id)
    if text.outcome:
        return Done()  # it has been read
    reading = read_text(_facts(text, ctx))
    for decision in reading.decisions:
        ctx.store.apply(decision)
    for diary in reading.diaries:
        ctx.store.put(diary)
    if reading.desk is not None:
        ctx.store.put(reading.desk)
    ctx.store.put(text.but(outcome=reading.outcome, reason=reading.reason))
    ctx.store.send(*reading.effects)
    ctx.answers.extend(reading.answers)
    ctx.figures.update({"replies": 1, f"replies_{reading.outcome}": 1})
    return Done()


def _facts(text: InboundText, ctx: Context) -> Facts:
    desk = ctx.store.find(Desk, text.phone_key) or Desk(id=text.phone_key, tenant_id=text.tenant_id)
    entries = desk.spoken_of(interpret(text.body).code, ctx.now)
    wanted: list[tuple[type[Record], str]] = [
        pair
        for one in entries
        for pair in ((Visit, one.visit_id), (Doctor, one.doctor_id), (Diary, one.doctor_id))
    ]
    ctx.store.prefetch(*wanted)
    doctors = [one.doctor_id for one in entries]
    return Facts(
        text=text,
        desk=desk,
        visits={one.id: one for one in ctx.store.find_many(Visit, [entry.visit_id for entry in entries])},
        doctors={one.id: one for one in ctx.store.find_many(Doctor, doctors)},
        diaries={one.id: one for one in ctx.store.find_many(Diary, doctors)},
        now=ctx.now,
        windows=ctx.store.find(AnswerWindows, text.phone_key),
    )
