"""What people see of threads and messages."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from functions.chat.domain.marker import ReadMarker
from functions.chat.domain.message import Message, Way
from functions.chat.domain.taking_part import Records
from functions.chat.domain.texts import DELETED, Spoken, news_text, title_of
from functions.chat.domain.thread import Thread, ThreadStatus, seat_of, seat_of_doctor
from shared.contracts.circles import CaseKind
from shared.contracts.directory import Doctor
from shared.kernel.actors import Actor, Role
from shared.kernel.records import Value


class MessageView(Value):
    """`author_name` of a doctor; the call centre and the case itself have none. `is_deleted`: what it said is
    not shown any more. A message of the case has its sentence in `text`."""

    thread_id: str
    number: int
    message_id: str
    author_role: Role
    author_name: str
    is_mine: bool
    way: Way
    text: str
    document_ids: tuple[str, ...]
    at: datetime
    edited_at: datetime | None
    is_deleted: bool


class ThreadView(Value):
    """`unread`: what others wrote since the reader's marker."""

    thread_id: str
    case_kind: CaseKind
    title: str
    status: ThreadStatus
    takes_part: bool
    unread: int
    read_up_to: int
    last_number: int
    written_at: datetime
    last_message: MessageView | None


def message_views(
    messages: Sequence[Message], records: Records, actor: Actor, language: Spoken
) -> tuple[MessageView, ...]:
    """In one round trip for all their authors."""
    names = _names(messages, records)
    mine = seat_of(actor)
    return tuple(_view(one, names, mine, language) for one in messages)


def thread_view(
    thread: Thread, marker: ReadMarker | None, actor: Actor, last: MessageView | None, language: Spoken
) -> ThreadView:
    read_up_to = marker.up_to if marker else 0
    return ThreadView(
        thread_id=thread.id,
        case_kind=thread.case_kind,
        title=title_of(thread, language),
        status=thread.status,
        takes_part=seat_of(actor) in thread.index_fields()["people"],
        unread=marker.unread(thread.last_number) if marker else thread.last_number,
        read_up_to=read_up_to,
        last_number=thread.last_number,
        written_at=thread.written_at,
        last_message=last,
    )


def _view(message: Message, names: Mapping[str, str], mine: str, language: Spoken) -> MessageView:
    is_deleted = message.deleted_at is not None
    text = message.text if message.is_from_person else news_text(message.news, language)
    return MessageView(
        thread_id=message.thread_id,
        number=message.number,
        message_id=message.client_id,
        author_role=message.author.role,
        author_name=names.get(message.author.seat, ""),
        is_mine=message.author.seat == mine,
        way=message.author.way,
        text=DELETED[language] if is_deleted else text,
        document_ids=message.document_ids,
        at=message.at,
        edited_at=message.edited_at,
        is_deleted=is_deleted,
    )


def _names(messages: Sequence[Message], records: Records) -> Mapping[str, str]:
    start = seat_of_doctor("")
    ids = {one.author.seat.removeprefix(start) for one in messages if one.author.seat.startswith(start)}
    records.prefetch(*((Doctor, one) for one in sorted(ids)))
    found = [doctor for one in sorted(ids) if (doctor := records.find(Doctor, one)) is not None]
    return {seat_of_doctor(one.id): f"{one.given_name} {one.family_name}" for one in found}
