"""Lists of threads: whose, in which order, and what a row shows."""

from collections.abc import Sequence
from typing import Any, Final, Literal

from functions.chat.domain.marker import ReadMarker, marker_id
from functions.chat.domain.message import Message, message_id
from functions.chat.domain.taking_part import Records
from functions.chat.domain.texts import Spoken
from functions.chat.domain.thread import Thread, ThreadStatus, seat_of
from functions.chat.domain.views import ThreadView, message_views, thread_view
from shared.contracts.circles import Circle
from shared.kernel.actors import Actor
from shared.kernel.ports import Query

OWN_FIRST_MAX: Final = 50
"""So many of their own stand before the others; `mine` lists all of them."""
_LAST_WRITTEN: Final[tuple[tuple[str, Literal["asc", "desc"]], ...]] = (("written_at", "desc"), ("id", "asc"))


def threads_of(actor: Actor, status: ThreadStatus | None) -> Query:
    where: tuple[Any, ...] = (("people", "array_contains", seat_of(actor)), *_with(status))
    return Query(Thread.kind, where, _LAST_WRITTEN, limit=OWN_FIRST_MAX)


def threads_where(status: ThreadStatus | None) -> Query:
    return Query(Thread.kind, _with(status), _LAST_WRITTEN)


def rows_of(
    threads: Sequence[Thread], records: Records, actor: Actor, language: Spoken
) -> tuple[ThreadView, ...]:
    """Two round trips however many there are. A thread whose case has left the doctor is not shown."""
    mine = seat_of(actor)
    records.prefetch(
        *((Circle, one.id) for one in threads),
        *((ReadMarker, marker_id(one.id, mine)) for one in threads),
        *((Message, message_id(one.id, one.last_number)) for one in threads if one.last_number),
    )
    shown = [one for one in threads if _may_see(one, records, actor)]
    last = [records.find(Message, message_id(one.id, one.last_number)) for one in shown]
    views = {
        one.thread_id: one
        for one in message_views([one for one in last if one is not None], records, actor, language)
    }
    return tuple(
        thread_view(
            one, records.find(ReadMarker, marker_id(one.id, mine)), actor, views.get(one.id), language
        )
        for one in shown
    )


def _may_see(thread: Thread, records: Records, actor: Actor) -> bool:
    circle = records.find(Circle, thread.id)
    return circle is not None and (actor.is_staff or thread.lets_in(actor.record_id, circle))


def _with(status: ThreadStatus | None) -> tuple[tuple[str, Any, Any], ...]:
    return () if status is None else (("status", "==", status.value),)
