"""What people do in chats, in the words of the tests."""

from datetime import timedelta
from itertools import count

from functions.chat.domain.views import MessageView, ThreadView
from functions.chat.list_messages import ListMessages, list_messages
from functions.chat.list_threads import ListThreads, list_threads
from functions.chat.mark_read import MarkRead, mark_read
from functions.chat.open_thread import OpenThread, open_thread
from functions.chat.send_message import SendMessage, send_message
from functions.house_visits.accept_offer import AcceptOffer, accept_offer
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.request_visit import RequestVisit, request_visit
from functions.house_visits.start_cascade import start_cascade
from shared.kernel.actors import Actor
from tests.people import AFTERNOON, ANNA, HOME, as_doctor, patient
from tests.world import OPERATOR, World

_ids = count(1)


def another_visit(world: World) -> str:
    """Of another patient, a day later."""
    world.given(patient("p-2", phone="+48512000098"))
    window = AFTERNOON.but(day=AFTERNOON.day + timedelta(days=1))
    wanted = RequestVisit(patient_id="p-2", address=HOME, window=window, specialization="internal_medicine")
    return world.call(request_visit, wanted).visit_id


def ask(world: World, visit_id: str, *doctors: str, minutes: int = 10) -> None:
    """A search begins: the first of them has an offer."""
    request = PlanRequest(visit_id=visit_id, doctor_ids=doctors, intervals=(minutes,))
    world.call(start_cascade, request)
    world.settle()


def won(world: World, visit_id: str, doctor_id: str = ANNA) -> str:
    """A visit that this doctor has taken in the app; its thread is not opened."""
    ask(world, visit_id, doctor_id)
    world.call(accept_offer, AcceptOffer(visit_id=visit_id), as_=as_doctor(doctor_id))
    world.settle()
    return visit_id


def opened(world: World, visit_id: str, *let_in: str, as_: Actor = OPERATOR) -> ThreadView:
    return world.call(open_thread, OpenThread(case_id=visit_id, let_in=let_in), as_=as_)


def say(
    world: World, thread_id: str, text: str, *, as_: Actor = OPERATOR, message_id: str = "", **more: object
) -> MessageView:
    chosen = message_id or f"message-{next(_ids):06d}"
    request = SendMessage(thread_id=thread_id, message_id=chosen, text=text).but(**more)
    return world.call(send_message, request, as_=as_)


def messages(world: World, thread_id: str, *, as_: Actor = OPERATOR, **more: object) -> list[MessageView]:
    request = ListMessages.model_validate({"thread_id": thread_id, "page_size": 100, **more})
    return list(world.call(list_messages, request, as_=as_).messages)


def said(world: World, thread_id: str, *, as_: Actor = OPERATOR) -> list[str]:
    """What people wrote, in its order."""
    return [one.text for one in messages(world, thread_id, as_=as_) if one.way != "system"]


def row(world: World, thread_id: str, *, as_: Actor = OPERATOR) -> ThreadView:
    listed = world.call(list_threads, ListThreads(), as_=as_).threads
    return next(one for one in listed if one.thread_id == thread_id)


def read(world: World, thread_id: str, up_to: int, *, as_: Actor = OPERATOR) -> int:
    """What is still unread after it."""
    return world.call(mark_read, MarkRead(thread_id=thread_id, up_to=up_to), as_=as_).unread
