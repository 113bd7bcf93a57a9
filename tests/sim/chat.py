"""What must hold of conversations when a story ends: nothing lost, doubled or out of order, no nagging."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from functions.chat.domain.marker import ReadMarker
from functions.chat.domain.message import Message
from functions.chat.domain.texts import unread_text
from functions.chat.domain.thread import Thread, seat_of
from functions.chat.mark_read import MarkRead, mark_read
from functions.chat.open_thread import OpenThread, open_thread
from functions.chat.send_message import SendMessage, send_message
from shared.contracts.circles import Circle
from shared.contracts.messaging import InboundText
from shared.kernel.actors import Actor
from shared.kernel.ports import Query
from tests.sim.judge import ROWS_MAX, all_of
from tests.sim.machine import CODEC
from tests.sim.people import Cast, phone_of
from tests.world import OPERATOR

NAGGED: Final = timedelta(minutes=10)
"""Longer than the sweeper needs to find a look that was lost."""


AGAIN: Final = 3


@dataclass
class Talk:
    """`told`: by thread and message id, the number that an app was shown. `turns`: the ids that each person
    sent into each thread, in the order of their sending. `reads`: how often a doctor has read anything."""

    cast: Cast
    told: dict[tuple[str, str], int] = field(default_factory=dict)
    turns: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    reads: dict[str, int] = field(default_factory=dict)

    def opens(self, visit_id: str, *let_in: str) -> bool:
        answer = self.cast.operator(open_thread, OpenThread(case_id=visit_id, let_in=let_in))
        return answer is not None and answer.status == 200

    def writes(self, visit_id: str, who: Actor = OPERATOR, text: str = "") -> int:
        """The status; 0 where the app gave up. `text`: its number unless told."""
        turns = self.turns.setdefault((visit_id, seat_of(who)), [])
        message_id = f"{who.user_id}-{len(turns):06d}"
        turns.append(message_id)
        wanted = SendMessage(thread_id=visit_id, message_id=message_id, text=text or f"nr {len(turns)}")
        answer = self.cast.machine.call(send_message, wanted, who)
        if len(turns) % AGAIN == 1:  # the app was closed, and sends it as another request
            answer = self.cast.machine.call(send_message, wanted, who) or answer
        if answer is not None and answer.status == 200:
            self.told[visit_id, message_id] = int(json.loads(answer.body)["number"])
        return answer.status if answer else 0

    def reads_all(self, visit_id: str, who: Actor) -> None:
        found = [one for one in all_of(self.cast.machine, Thread) if one.id == visit_id]
        if found:
            self.reads[who.record_id] = self.reads.get(who.record_id, 0) + 1
            wanted = MarkRead(thread_id=visit_id, up_to=found[0].last_number)
            self.cast.machine.call(mark_read, wanted, who)

    def messages(self, thread_id: str) -> list[Message]:
        """By number."""
        query = Query(f"threads/{thread_id}/messages", limit=ROWS_MAX)
        found = [CODEC.decode(Message, one.fields) for one in self.cast.machine.store.query(query)]
        return sorted(found, key=lambda one: one.number)


def breaches(talk: Talk) -> list[str]:
    machine = talk.cast.machine
    circles = {one.id: one for one in all_of(machine, Circle)}
    said = {one.id: talk.messages(one.id) for one in all_of(machine, Thread)}
    found = [
        f"{thread.id} {what}"
        for thread in all_of(machine, Thread)
        for what in _of_thread(thread, circles[thread.id], said[thread.id], talk)
    ]
    return [*found, *_answers(talk, said), *_nudges(talk), *_waiting(talk)]


def _of_thread(thread: Thread, circle: Circle, said: list[Message], talk: Talk) -> Iterator[str]:
    if [one.number for one in said] != list(range(1, thread.last_number + 1)):
        yield "has a gap in its numbers"
    ids = [one.client_id for one in said]
    if len(ids) != len(set(ids)):
        yield "has a message twice"
    if thread.doctor_ids != thread.doctors(circle):
        yield f"thinks that {thread.doctor_ids} take part, and the case says {thread.doctors(circle)}"
    numbers = {one.client_id: one.number for one in said}
    for (thread_id, message_id), number in talk.told.items():
        if thread_id == thread.id and numbers.get(message_id) != number:
            yield f"said that {message_id} is number {number}, and it is {numbers.get(message_id)}"
    for (thread_id, seat), turns in talk.turns.items():
        if thread_id == thread.id:
            own = [one.client_id for one in said if one.author.seat == seat and one.author.way == "app"]
            if own != [one for one in turns if one in numbers]:
                yield f"turned around what {seat} wrote"


def _answers(talk: Talk, said: dict[str, list[Message]]) -> Iterator[str]:
    """A text that joined a conversation stands in one of them, once."""
    texts = [one.client_id for messages in said.values() for one in messages if one.author.way == "sms"]
    for one in all_of(talk.cast.machine, InboundText):
        joined = texts.count(f"sms:{one.id}")
        if joined != (1 if one.reason == "chat" else 0):
            yield f"text {one.id} ({one.outcome}: {one.reason}) joined {joined} times"


def _nudges(talk: Talk) -> Iterator[str]:
    """One text for each time that a doctor has not read, however often it is looked at."""
    threads = len(all_of(talk.cast.machine, Thread))
    body = unread_text("pl").body
    doctors = {one.seat.removeprefix("doctor:") for one in all_of(talk.cast.machine, ReadMarker)}
    for doctor_id in sorted(one for one in doctors if one.startswith("d-")):
        phone = phone_of(doctor_id)
        sent = sum(
            1 for one in talk.cast.machine.provider.sent if (one.sms.to, one.sms.body) == (phone, body)
        )
        if sent > threads + talk.reads.get(doctor_id, 0):
            yield f"{doctor_id} was texted {sent} times that something waits"


def _waiting(talk: Talk) -> Iterator[str]:
    now = talk.cast.machine.timeline.now()
    for marker in all_of(talk.cast.machine, ReadMarker):
        if marker.nudge_at is not None and marker.nudge_at < now - NAGGED:
            yield f"nobody looked whether {marker.seat} has read by {marker.nudge_at}"
