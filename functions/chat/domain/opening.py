"""A thread is opened, opened to doctors who were asked, closed and opened again; each is a message in it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from functions.chat.domain.message import Author, Way
from functions.chat.domain.taking_part import Conversation, Records
from functions.chat.domain.texts import CLOSED, LET_IN, OPENED, REOPENED
from functions.chat.domain.thread import STAFF_MAX, Thread, ThreadEvent
from functions.chat.domain.writing import Words, Written, write
from shared.contracts.circles import CaseTurned, Circle
from shared.kernel.actors import Actor, Role
from shared.kernel.errors import Conflict, NotFound

NO_PATIENCE = timedelta(0)
"""Nobody gets a text because the case itself has news."""
THE_CASE = Author(role=Role.SYSTEM, way=Way.SYSTEM)


class NotAsked(Conflict):
    """Only doctors who have been asked and may still take the visit can be let in."""


def opened(
    found: Thread | None,
    circle: Circle,
    let_in: Sequence[str],
    actor: Actor,
    records: Records,
    now: datetime,
) -> Written | None:
    """Stage what is new about it; None where all is so already.

    Raises NotFound for a doctor who does not work on the case, NotAsked.
    """
    if not actor.is_staff and actor.record_id != circle.worker_id:
        raise NotFound
    strangers = [one for one in let_in if not circle.holds(one)]
    if strangers:
        raise NotAsked
    thread = found or _new(circle, now)
    said = [OPENED] if found is None else []
    if not thread.is_open and actor.is_staff:
        thread, said = thread.after(ThreadEvent.REOPEN), [REOPENED]
    fresh = [one for one in let_in if one not in (*thread.opened_to, circle.worker_id)]
    after = thread.but(opened_to=(*thread.opened_to, *fresh), staff_ids=_joined(thread, actor))
    said += [LET_IN] if fresh else []
    if not said and after != found:
        records.put(after)  # somebody of the call centre listens from now on: no news for the others
    return _say(Conversation(after, circle), said, records, now)


def closed(talk: Conversation, records: Records, now: datetime) -> Written | None:
    """None where it is closed already."""
    if not talk.thread.is_open:
        return None
    return _say(Conversation(talk.thread.after(ThreadEvent.CLOSE), talk.circle), [CLOSED], records, now)


def asked(
    found: Thread | None,
    circle: Circle,
    words: Words,
    records: Records,
    now: datetime,
    patience: timedelta,
) -> tuple[Written, ...]:
    """A question begins the thread, or opens it again; whoever asks is not let in by it."""
    thread = found or _new(circle, now)
    said = [OPENED] if found is None else []
    if not thread.is_open:
        thread, said = thread.after(ThreadEvent.REOPEN), [REOPENED]
    opened = _say(Conversation(thread, circle), said, records, now)
    talk = Conversation(opened.thread if opened else thread, circle)
    question = write(talk, words, records, now, patience)
    return (opened, question) if opened else (question,)


def followed(talk: Conversation, news: CaseTurned, records: Records, now: datetime) -> Written | None:
    """What happened to the case, and who takes part since; None for news that are older than others."""
    if news.turn <= talk.thread.last_turn:
        return None
    after = Conversation(talk.thread.but(last_turn=news.turn), talk.circle)
    return _say(after, [news.stage.value], records, now)


def _new(circle: Circle, now: datetime) -> Thread:
    return Thread(
        id=circle.id,
        tenant_id=circle.tenant_id,
        case_kind=circle.case_kind,
        opened_at=now,
        written_at=now,
    )


def _joined(thread: Thread, actor: Actor) -> tuple[str, ...]:
    more = (actor.user_id,) if actor.is_staff else ()
    return tuple(dict.fromkeys((*thread.staff_ids, *more)))[:STAFF_MAX]


def _say(talk: Conversation, news: Sequence[str], records: Records, now: datetime) -> Written | None:
    written: Written | None = None
    for one in news:
        # A colon stands in no id that an app may make.
        words = Words(client_id=f"case:{talk.thread.last_number + 1}", author=THE_CASE, news=one)
        written = write(talk, words, records, now, NO_PATIENCE)
        talk = Conversation(written.thread, talk.circle)
    return written
