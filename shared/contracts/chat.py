"""What the module chat has texted, so that an answer finds its conversation, what it hears of answers and
questions, and what it tells of cases that are given back."""

from datetime import datetime
from typing import ClassVar, Final

from shared.kernel.effects import Message
from shared.kernel.records import Record, Value

WINDOWS_MAX: Final = 50


class AnswerWindow(Value):
    """A text from `sender` told a doctor of something unread: what comes back there until then may answer."""

    sender: str
    thread_id: str
    doctor_id: str
    since: datetime
    until: datetime
    origin: str = ""  # the call that told them, in its trace: an answer goes on there


class AnswerWindows(Record):
    """The windows of one phone; `id` is the phone's key. Written by chat, read by whoever reads replies."""

    kind: ClassVar[str] = "answer_windows"
    logged: ClassVar[bool] = False

    windows: tuple[AnswerWindow, ...] = ()

    def with_window(self, window: AnswerWindow) -> "AnswerWindows":
        """The newest first; one for each doctor and thread; what is over is forgotten."""
        who = (window.thread_id, window.doctor_id)
        kept = [
            one for one in self.windows if one.until > window.since and (one.thread_id, one.doctor_id) != who
        ]
        return self.but(windows=(window, *kept)[:WINDOWS_MAX])

    def told_in(self, origin: str) -> "AnswerWindows":
        """The newest window with the call that opened it."""
        newest, *others = self.windows
        return self.but(windows=(newest.but(origin=origin), *others))

    def open_on(self, sender: str, now: datetime) -> tuple[AnswerWindow, ...]:
        return tuple(one for one in self.windows if one.sender == sender and one.since <= now < one.until)


class ChatAnswered(Message):
    """A text that answers what this doctor was told of this thread, and nothing else."""

    text_id: str
    thread_id: str
    doctor_id: str


class ChatAsked(Message):
    """A text by which this doctor asks something about the visit they are asked about, or have."""

    text_id: str
    thread_id: str
    doctor_id: str


class WorkerCannot(Message):
    """The doctor who has a case wrote in its thread, at that instant, that they cannot do it after all.
    `is_sure`: they gave it back; else they may have meant something else, and a person asks."""

    case_id: str
    doctor_id: str
    at: datetime
    is_sure: bool
