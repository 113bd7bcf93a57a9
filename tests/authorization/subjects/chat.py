"""What the matrix asks of chats: a thread of the party's case with a few messages in it."""

from typing import Any

from functions.chat.domain.crossing import Crossing, RoomKey
from functions.chat.domain.device import Device
from functions.chat.domain.marker import ReadMarker, marker_id
from functions.chat.domain.message import Author, Message, SentMark, Way, mark_id, message_id
from functions.chat.domain.thread import Thread, seat_of_doctor
from shared.contracts.chat import AnswerWindow, AnswerWindows
from shared.contracts.circles import Circle, Stage
from shared.contracts.messaging import InboundText
from shared.kernel.actors import Role
from shared.kernel.records import Record
from shared.runtime.wiring import Wiring
from tests.authorization.parties import Ask, Asks, Party, listed, named, told
from tests.outside import START

SAID, TAKEN_BACK = 2, 3
DEVICE = "a-device-of-somebody-0001"


def records(it: Party, wiring: Wiring) -> list[Record]:
    seat = seat_of_doctor(it.doctor)
    circle = Circle(
        id=it.id("thread"), tenant_id=it.tenant_id, case_kind="visit", stage=Stage.BOOKED, worker_id=it.doctor
    )
    thread = Thread(
        id=circle.id,
        tenant_id=it.tenant_id,
        case_kind="visit",
        doctor_ids=(it.doctor,),
        staff_ids=("user-operator",),
        last_number=TAKEN_BACK,
        spoken=TAKEN_BACK,
        last_turn=5,
        opened_at=START,
        written_at=START,
    )
    marker = ReadMarker(id=marker_id(thread.id, seat), tenant_id=it.tenant_id, thread_id=thread.id, seat=seat)
    window = AnswerWindow(sender="+48", thread_id=thread.id, doctor_id=it.doctor, since=START, until=START)
    windows = AnswerWindows(id=it.id("phone"), tenant_id=it.tenant_id, windows=(window,))
    device = Device(
        id=it.id("device"), tenant_id=it.tenant_id, seat=seat, token=it.id("token"), registered_at=START
    )
    crossing = Crossing(id=thread.id, tenant_id=it.tenant_id, room_id=it.id("room"), heard_until=START)
    room = RoomKey(id=it.id("room"), tenant_id=it.tenant_id, thread_id=thread.id)
    mark = SentMark(id=mark_id(thread.id, "message-2"), tenant_id=it.tenant_id, number=2, seat=seat)
    return [
        circle,
        circle.but(id=it.id("silent")),
        thread,
        marker,
        windows,
        mark,
        device,
        crossing,
        room,
        _text(it),
        *_said(it),
    ]


def _said(it: Party) -> list[Message]:
    """What the case said, what the doctor said, and what they took back."""
    thread_id, doctor = it.id("thread"), Author(seat=seat_of_doctor(it.doctor), role=Role.DOCTOR)
    first = Message(
        id=message_id(thread_id, 1),
        tenant_id=it.tenant_id,
        thread_id=thread_id,
        number=1,
        client_id="case:1",
        author=Author(role=Role.SYSTEM, way=Way.SYSTEM),
        news="opened",
        at=START,
    )
    said = first.but(
        id=message_id(thread_id, SAID),
        number=SAID,
        client_id="message-2",
        author=doctor,
        text="Dzień dobry",
        news="",
    )
    gone = said.but(
        id=message_id(thread_id, TAKEN_BACK), number=TAKEN_BACK, text="", deleted_at=START, client_id="m-3"
    )
    return [first, said, gone]


def _text(it: Party) -> InboundText:
    return InboundText(
        id=it.id("answer"),
        tenant_id=it.tenant_id,
        sender=it.phone,
        phone_key=it.id("phone"),
        recipient="+48",
        body="Oddzwonię",
        received_at=START,
        found_by="webhook",
        outcome="bound",
    )


def thread(**more: Any) -> tuple[Ask, ...]:
    return named("thread", **more)


def look(it: Party) -> dict[str, Any]:
    at = START.isoformat()
    seat = seat_of_doctor(it.doctor)
    return {"marker_id": marker_id(it.id("thread"), seat), "thread_id": it.id("thread"), "at": at}


def answer(it: Party) -> dict[str, Any]:
    return {"text_id": it.id("answer"), "thread_id": it.id("thread"), "doctor_id": it.doctor}


ASKS: Asks = {
    "carry_messages": told(lambda it: {"thread_id": it.id("thread")}),
    "fetch_messages": told(lambda it: {"thread_id": it.id("thread")}),
    "hear_bridge": told(lambda it: {"message_id": "m-1", "channel_id": it.id("room")}),
    "sweep_bridges": listed(shows=False),
    "close_thread": thread(),
    "delete_message": thread(number=TAKEN_BACK),
    "export_thread": thread(format="json"),
    "forget_device": (Ask(lambda it: {"token": DEVICE}, names="nothing", missing=200, shows=False),),
    "push_message": told(lambda it: {"thread_id": it.id("thread"), "number": SAID}),
    "register_device": (Ask(lambda it: {"token": DEVICE}, names="nothing", missing=200, shows=False),),
    "edit_message": thread(number=SAID, text="Dzień dobry"),
    "follow_case": told(lambda it: {"case_id": it.id("thread"), "turn": 1, "stage": "booked"}),
    "join_answer": told(answer),
    "join_question": told(answer),
    "list_messages": thread(),
    "list_threads": listed(),
    "mark_read": (Ask(lambda it: {"thread_id": it.id("thread"), "up_to": 1}, shows=False),),
    "nudge_reader": told(look),
    "open_thread": (Ask(lambda it: {"case_id": it.id("silent")}),),
    "search_thread": thread(text="dobry"),
    "send_message": thread(message_id="message-9", text="Dobranoc"),
    "sweep_unread": listed(shows=False),
}
