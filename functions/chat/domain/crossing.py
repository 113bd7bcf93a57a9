"""A conversation that is carried over to another chat: how far, and what comes back.

One message after the other, each by a key of its own: whoever carries the next one has seen that the one
before is there, so the order holds however many carry at once, and a carrier that dies leaves nothing twice.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import ClassVar, Final

from functions.chat.domain.message import TEXT_MAX, Author, Message, Way
from functions.chat.domain.texts import CLOSED, DELETED, REOPENED, ROLES, Spoken, news_text
from functions.chat.domain.thread import Thread
from functions.chat.domain.writing import Words
from shared.contracts.bridge import BridgeDelayed, BridgeMessage, BridgeRefused
from shared.contracts.ports import Bridge
from shared.kernel.actors import Role
from shared.kernel.effects import Later
from shared.kernel.effects import Message as Told
from shared.kernel.ports import Query
from shared.kernel.records import Record

CARRIED_AT_ONCE: Final = 50
FETCHED_AT_ONCE: Final = 100
FIRST_PAUSE: Final = timedelta(seconds=30)
PAUSE_MAX: Final = timedelta(minutes=15)
DOUBLINGS_MAX: Final = 5
OVERLAP: Final = timedelta(seconds=5)
"""Two who wrote in the same moment may be listed in either order: a little is read again."""
SWEEP_MAX: Final = 200
LANGUAGE: Final[Spoken] = "pl"


class Crossing(Record):
    """`id` is the thread's. `carried`: the number of the last message that is over there. `heard_until`: when
    the last one that came back was written. `tries`: how often in a row the other chat was away. `refused`:
    why people must act."""

    kind: ClassVar[str] = "crossings"
    logged: ClassVar[bool] = False

    room_id: str = ""
    carried: int = 0
    heard_until: datetime
    tries: int = 0
    refused: str = ""
    is_over: bool = False

    def index_fields(self) -> Mapping[str, bool]:
        return {"watched": not self.is_over}


class RoomKey(Record):
    """`id` is the room's over there; which thread it is."""

    kind: ClassVar[str] = "bridge_rooms"
    logged: ClassVar[bool] = False

    thread_id: str


class CarryMessages(Told):
    """Carry over what the thread has and the other chat has not."""

    thread_id: str


class FetchMessages(Told):
    """Read what was written over there."""

    thread_id: str


def carrying(thread_id: str, number: int, at: datetime) -> Later:
    """Because of this message."""
    return Later(key=f"carry-{thread_id}-{number}", message=CarryMessages(thread_id=thread_id), at=at)


def _on(thread_id: str, carried: int, tries: int, at: datetime) -> Later:
    """From where it stands: after a full load, or once the other chat is back."""
    key = f"carry-on-{thread_id}-{carried}-{tries}"
    return Later(key=key, message=CarryMessages(thread_id=thread_id), at=at)


def fetching(thread_id: str, hint: str, at: datetime) -> Later:
    return Later(key=f"fetch-{thread_id}-{hint}", message=FetchMessages(thread_id=thread_id), at=at)


def carried_over(
    crossing: Crossing, thread: Thread, messages: Sequence[Message], bridge: Bridge, now: datetime
) -> tuple[Crossing, tuple[Later, ...]]:
    """`messages` behind the one that was carried last. What is left is carried later, in the same order."""
    after = crossing
    try:
        after = after if after.room_id else after.but(room_id=bridge.open_room(f"visita-{thread.id}"))
        for one in messages:
            _carry(one, after.room_id, bridge)
            after = after.but(carried=one.number, tries=0, refused="")
    except BridgeDelayed as later:
        wait = timedelta(seconds=later.retry_after_seconds) or _pause(after.tries)
        after = after.but(tries=after.tries + 1)
        return after, (_on(thread.id, after.carried, after.tries, now + wait),)
    except BridgeRefused as no:
        return after.but(refused=str(no)[:200]), ()
    after = after.but(is_over=not thread.is_open and after.carried >= thread.last_number)
    rest = thread.last_number > after.carried
    return after, (_on(thread.id, after.carried, 0, now),) if rest else ()


def words_of(message: BridgeMessage) -> Words:
    """As it joins the thread: over there sits the call centre."""
    author = Author(seat=f"bridge:{message.user_id}"[:100], role=Role.OPERATOR, way=Way.BRIDGE)
    return Words(client_id=f"bridge:{message.id}", author=author, text=message.text.strip()[:TEXT_MAX])


def watched() -> Query:
    where = (("watched", "==", True),)
    return Query(Crossing.kind, where, (("id", "asc"),), limit=SWEEP_MAX)  # type: ignore[arg-type]  # literals


def _carry(message: Message, room_id: str, bridge: Bridge) -> None:
    if message.author.way == Way.BRIDGE:
        return  # it came from there
    if message.news == REOPENED:
        bridge.archive(room_id, archived=False)
    bridge.post(room_id, message.id, _shown(message))
    if message.news == CLOSED:
        bridge.archive(room_id, archived=True)


def _shown(message: Message) -> str:
    if not message.is_from_person:
        return f"_{news_text(message.news, LANGUAGE)}_"
    said = DELETED[LANGUAGE] if message.deleted_at else message.text
    files = f" [+{len(message.document_ids)}]" if message.document_ids else ""
    return f"*{ROLES[message.author.role][LANGUAGE]}:* {said}{files}"


def _pause(tries: int) -> timedelta:
    doubled: int = 2 ** min(tries, DOUBLINGS_MAX)
    return min(PAUSE_MAX, FIRST_PAUSE * doubled)
