"""A doctor who has not read: one text, without a word of what was written, not in their quiet hours.

The marker holds when to look; the task is a hint, and a sweeper finds what it has lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from functions.chat.domain.marker import ReadMarker
from functions.chat.domain.texts import unread_text
from functions.chat.domain.thread import Thread
from shared.contracts.chat import AnswerWindow, AnswerWindows
from shared.contracts.directory import Doctor
from shared.contracts.notice_letters import text_letter
from shared.contracts.notice_rules import NoticePreferences, decide, ways_of
from shared.contracts.notices import NOTICES
from shared.kernel.effects import Effect, Later, Message
from shared.kernel.ports import Query

VALID: Final = timedelta(hours=2)
ANSWERED_WITHIN: Final = timedelta(hours=24)
OVERDUE: Final = timedelta(minutes=2)
SWEEP_MAX: Final = 200


class NudgeReader(Message):
    """Look whether this reader has read; `at` is the instant it was planned for: moved, it is another."""

    marker_id: str
    thread_id: str
    at: datetime


@dataclass(frozen=True)
class Nudge:
    """The marker as it is to be, with the phone's windows and letters where a text goes out."""

    marker: ReadMarker
    windows: AnswerWindows | None = None
    effects: tuple[Effect, ...] = ()


def due_nudge(marker: ReadMarker, at: datetime) -> tuple[ReadMarker, Later | None]:
    """Plan a look, unless one is planned or the reader has had their text since they last read."""
    if marker.nudge_at is not None or marker.nudged > marker.up_to:
        return marker, None
    return planned(marker, at)


def planned(marker: ReadMarker, at: datetime) -> tuple[ReadMarker, Later]:
    key = f"nudge-{marker.id}-{at.isoformat()}"
    return marker.but(nudge_at=at), Later(key=key, message=asked(marker.but(nudge_at=at)), at=at)


def asked(marker: ReadMarker) -> NudgeReader:
    """The look that is planned."""
    assert marker.nudge_at is not None
    return NudgeReader(marker_id=marker.id, thread_id=marker.thread_id, at=marker.nudge_at)


def is_due(marker: ReadMarker, at: datetime, now: datetime) -> bool:
    """Whether this look is the one that is planned: late or doubled, it finds that it is not."""
    return marker.nudge_at == at <= now


def nudged(
    marker: ReadMarker,
    thread: Thread,
    doctor: Doctor | None,
    windows: AnswerWindows | None,
    senders: Sequence[str],
    now: datetime,
    preferences: NoticePreferences | None = None,
) -> Nudge:
    """`doctor` None: who no longer takes part. Asked only where the look is due."""
    silent = Nudge(marker.but(nudge_at=None))
    if doctor is None or not doctor.active or not thread.is_open or not marker.unread(thread.last_number):
        return silent
    phone = doctor.texting_phone
    verdict = decide(
        NOTICES["chat.unread"],
        ways_of(phone.number if phone else "", ""),
        now,
        preferences=preferences,
        quiet=doctor.quiet_hours,
        stopped=phone is None and bool(doctor.phones),
        told=marker.nudged == thread.last_number,
    )
    if phone is None or not verdict.by:
        return silent
    if verdict.at > now:
        later, look = planned(marker, verdict.at)
        return Nudge(later, effects=(look,))
    known = windows or AnswerWindows(id=phone.phone_key, tenant_id=thread.tenant_id)
    sender = _free_sender(known, thread, senders, now)
    window = AnswerWindow(
        sender=sender, thread_id=thread.id, doctor_id=doctor.id, since=now, until=now + ANSWERED_WITHIN
    )
    text = text_letter(
        unread_text(doctor.language),
        key=f"unread-{marker.id}-{thread.last_number}",
        to=phone.number,
        sender=sender,
        valid_until=now + VALID,
        about=thread.id,
    )
    after = marker.but(nudge_at=None, nudged=thread.last_number)
    return Nudge(after, known.with_window(window), (text,))


def overdue(now: datetime) -> Query:
    """Markers whose look was lost."""
    where = (("nudge_at", "<=", now - OVERDUE),)
    return Query(ReadMarker.kind, where, (("nudge_at", "asc"), ("id", "asc")), limit=SWEEP_MAX)  # type: ignore[arg-type]  # literals


def _free_sender(windows: AnswerWindows, thread: Thread, senders: Sequence[str], now: datetime) -> str:
    """One from which no other conversation of this phone waits for an answer, where there is one."""
    start = sum(thread.id.encode()) % len(senders)
    turned = [*senders[start:], *senders[:start]]
    free = (one for one in turned if all(it.thread_id == thread.id for it in windows.open_on(one, now)))
    return next(free, turned[0])
