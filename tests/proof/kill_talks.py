"""Conversations to die in: carried to Rocket.Chat and back by processes that end on the way.

The worst instant is between a message that has been posted there and the commit that would have written down
that it is there: the next process begins where the store stands, and must post nothing twice.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import count
from typing import Final

from functions.chat.close_thread import CloseThread, close_thread
from functions.chat.domain.crossing import Crossing
from functions.chat.domain.message import Message, Way, message_id
from functions.chat.domain.thread import Thread
from functions.chat.open_thread import OpenThread, open_thread
from functions.chat.send_message import SendMessage, send_message
from functions.chat.sweep_bridges import sweep_bridges
from functions.platform.sweep_outbox import sweep_outbox
from infra.local.rocket_chat.twin import USER, Room
from shared.contracts.circles import Circle, Stage
from shared.kernel.actors import Actor
from shared.kernel.errors import Refusal
from tests.people import ANNA, as_doctor, doctor
from tests.proof.mortal_world import MortalWorld
from tests.proof.verdict import OPEN
from tests.world import OPERATOR, TENANT

TALK: Final = "talk-1"
WAITING, MORE = 6, 3
A_MINUTE: Final = timedelta(minutes=1)
A_LEASE: Final = timedelta(minutes=3)
"""Longer than a letter's lease."""
ROUNDS: Final = 4
OURS, THEIRS = "nr", "stamtąd"
SPEAKERS: Final = (OPERATOR, as_doctor(ANNA))


def a_case(world: MortalWorld) -> str:
    """Of a doctor who works on it; nobody has spoken yet."""
    circle = Circle(id=TALK, tenant_id=TENANT, case_kind="visit", stage=Stage.BOOKED, worker_id=ANNA)
    world.given(doctor(world, ANNA), circle)
    return TALK


def a_talk_is_carried_over_and_back(world: MortalWorld, talk_id: str) -> None:
    """The other chat is away, so a load waits for it; then people write on both sides, and it is closed."""
    numbers = count(1)
    world.rocket.away = True
    world.call(open_thread, OpenThread(case_id=talk_id), key="open-it-once")
    for _ in range(WAITING):
        _says(world, talk_id, next(numbers))
    world.settle()
    world.rocket.away = False
    world.advance(A_MINUTE)
    look_after(world)
    (room,) = world.rocket.rooms.values()
    for _ in range(MORE):
        written = world.rocket.somebody_writes(room, f"{THEIRS} {len(room.messages)}")
        world.hint_from(room.id, written)
        _says(world, talk_id, next(numbers))
    world.settle()
    look_after(world)
    with suppress(Refusal):  # closed already, by a try whose answer was lost
        world.call(close_thread, CloseThread(thread_id=talk_id), key="close-it-once")
    world.settle()


def look_after(world: MortalWorld) -> None:
    """A few minutes later the sweepers have looked."""
    world.advance(A_LEASE)
    for sweeper in (sweep_outbox, sweep_bridges):
        world.tick(sweeper)


def recover(world: MortalWorld, talk_id: str) -> None:
    for _ in range(ROUNDS):
        look_after(world)


def wrong(world: MortalWorld, talk_id: str) -> list[str]:
    """What the room and the thread show that they must not; nothing, when all is there once and in order."""
    thread, (room, *more) = world.record(Thread, talk_id), world.rocket.rooms.values()
    said = [world.record(Message, message_id(talk_id, one)) for one in range(1, thread.last_number + 1)]
    letters = [f"{one.path} is open" for one in world.wiring.documents.query(OPEN)]
    return [*(f"there is another room, {one.name}" for one in more), *letters, *_lost(world, room, said)]


def _lost(world: MortalWorld, room: Room, said: list[Message]) -> Iterator[str]:
    ids = [one["_id"] for one in room.messages]
    if len(ids) != len(set(ids)):
        yield "a message stands in the room twice"
    carried = [one["msg"].rpartition(":* ")[2] for one in room.messages if one["u"]["_id"] == USER]
    ours = [one.text for one in said if one.author.way != Way.BRIDGE and one.is_from_person]
    if ours != [f"{OURS} {number}" for number in range(1, WAITING + MORE + 1)]:
        yield f"the thread holds {ours}"
    if [one for one in carried if not one.startswith("_")] != ours:
        yield f"the room was brought {carried} of {ours}"
    theirs = [one.text for one in said if one.author.way == Way.BRIDGE]
    written = [one["msg"] for one in room.messages if one["u"]["_id"] != USER]
    if theirs != written or len(written) != MORE:
        yield f"the thread was brought {theirs} of {written}"
    crossing = world.record(Crossing, TALK)
    if (crossing.carried, crossing.is_over, room.archived) != (len(said), True, True):
        yield f"{crossing.carried} of {len(said)} are carried, and the room is archived: {room.archived}"


def _says(world: MortalWorld, talk_id: str, number: int) -> None:
    """The two in turn; an app that saw no answer sends the same message again."""
    who: Actor = SPEAKERS[number % len(SPEAKERS)]
    text = SendMessage(thread_id=talk_id, message_id=f"message-{number:06d}", text=f"{OURS} {number}")
    world.call(send_message, text, as_=who, key=f"send-number-{number}")
