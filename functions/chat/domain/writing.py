"""A message gets its place: the next number of its thread, in the commit that writes it.

Thread, message, mark of the client's id and markers are written together: no number is left out, none is
given twice, and the same id twice is one message.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from functions.chat.domain.marker import ReadMarker, marker_id
from functions.chat.domain.message import Author, Message, SentMark, Way, mark_id, message_id
from functions.chat.domain.nudging import due_nudge
from functions.chat.domain.taking_part import Conversation, Records, marker_of
from functions.chat.domain.thread import MESSAGES_MAX, STAFF_MAX, Thread, seat_of_doctor, seat_of_staff
from shared.kernel.actors import Role
from shared.kernel.effects import Effect
from shared.kernel.errors import Conflict


class MessageIdUsed(Conflict):
    """Another message has this id: make a new one for each message."""


class ThreadFull(Conflict):
    """This conversation has as many messages as one may have: phone instead."""


@dataclass(frozen=True)
class Words:
    """What is to be written, by whom. `client_id` is the same whenever the same message is meant."""

    client_id: str
    author: Author
    text: str = ""
    news: str = ""
    document_ids: tuple[str, ...] = ()

    @property
    def is_from_person(self) -> bool:
        return self.author.way != Way.SYSTEM


@dataclass(frozen=True)
class Written:
    """`is_new` unless the message had been written before: then nothing follows from it."""

    message: Message
    thread: Thread
    effects: tuple[Effect, ...] = ()
    is_new: bool = True


def write(talk: Conversation, words: Words, records: Records, now: datetime, patience: timedelta) -> Written:
    """Stage the message. `patience`: after what time a doctor who has not read it gets a text.

    Raises MessageIdUsed, ThreadFull. Who may write is asked before.
    """
    thread = talk.thread
    key = mark_id(thread.id, words.client_id)
    readers = [seat_of_doctor(one) for one in talk.doctors]
    seats = [words.author.seat, *readers] if words.author.seat else readers
    records.prefetch((SentMark, key), *((ReadMarker, marker_id(thread.id, one)) for one in seats))
    mark = records.find(SentMark, key)
    if mark is not None:
        return Written(_same(mark, words, thread, records), thread, is_new=False)
    after = _grown(thread, talk, words, now)
    message = Message(
        id=message_id(thread.id, after.last_number),
        tenant_id=thread.tenant_id,
        thread_id=thread.id,
        number=after.last_number,
        client_id=words.client_id,
        author=words.author,
        text=words.text,
        news=words.news,
        document_ids=words.document_ids,
        at=now,
    )
    records.put(message)  # its place is its own: the thread that gave it out is written in the same commit
    records.put(SentMark(id=key, tenant_id=thread.tenant_id, number=message.number, seat=words.author.seat))
    records.put(after)
    return Written(message, after, _marked(after, words, readers, records, now, patience))


def _same(mark: SentMark, words: Words, thread: Thread, records: Records) -> Message:
    message = records.get(Message, message_id(thread.id, mark.number))
    said = message.earlier[0] if message.earlier else message  # what was sent first
    if mark.seat != words.author.seat or (said.text, said.document_ids) != (words.text, words.document_ids):
        raise MessageIdUsed
    return message


def _grown(thread: Thread, talk: Conversation, words: Words, now: datetime) -> Thread:
    if thread.last_number >= MESSAGES_MAX:
        raise ThreadFull
    seat = words.author.seat
    joins = words.author.role != Role.DOCTOR and words.is_from_person and seat.startswith(seat_of_staff(""))
    staff = (*thread.staff_ids, *([seat.removeprefix(seat_of_staff(""))] if joins else ()))
    return thread.but(
        last_number=thread.last_number + 1,
        spoken=thread.last_number + 1 if words.is_from_person else thread.spoken,
        written_at=now,
        doctor_ids=talk.doctors,
        staff_ids=tuple(dict.fromkeys(staff))[:STAFF_MAX],
    )


def _marked(
    thread: Thread,
    words: Words,
    readers: list[str],
    records: Records,
    now: datetime,
    patience: timedelta,
) -> tuple[Effect, ...]:
    """The writer's marker, and a text planned for each doctor who had read everything until now."""
    effects: list[Effect] = []
    if words.author.seat:
        records.put(marker_of(records, thread, words.author.seat).wrote(thread.last_number))
    for seat in readers if words.is_from_person else ():
        if seat != words.author.seat:
            marker, planned = due_nudge(marker_of(records, thread, seat), now + patience)
            if planned is not None:
                records.put(marker)
                effects.append(planned)
    return tuple(effects)
