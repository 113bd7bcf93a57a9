"""Conversations about cases, with a few messages of who may change them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from functions.chat.domain.message import Author, Message, message_id
from functions.chat.domain.thread import Thread, seat_of_doctor, seat_of_staff
from infra.rendering.examples import BY_NAME
from shared.contracts.circles import Circle, Stage
from shared.kernel.actors import Role
from shared.kernel.records import Record
from tests.outside import START
from tests.people import ANNA
from tests.world import TENANT, World

THREADS: Final = tuple(f"talk-{number}" for number in range(1, 9))
AUTHORS: Final = (
    Author(seat=seat_of_staff("sign-in-home-operator-"), role=Role.OPERATOR),
    Author(seat=seat_of_staff("sign-in-home-admin-"), role=Role.ADMIN),
    Author(seat=seat_of_doctor(ANNA), role=Role.DOCTOR),
)


def chat_around(world: World, cases: Sequence[str]) -> Mapping[str, list[Any]]:
    """What fits the operations, by the names that the robustness run goes by. `cases` have no thread yet."""
    world.given(*(_circle(one) for one in (*THREADS, *cases)))
    world.given(*(record for one in THREADS for record in _talk(one)))
    return {
        "thread_id": list(THREADS),
        "let_in": [[]],
        "document_ids": [[]],
        "chat__close_thread": list(THREADS[:2]),
        "chat__send_message": list(THREADS[2:]),
        "chat__edit_message": _numbered(THREADS[2:5]),
        "chat__delete_message": _numbered(THREADS[5:]),
    }


def _numbered(threads: Sequence[str]) -> list[Mapping[str, str]]:
    return [
        {"thread_id": one, "number": str(place)} for one in threads for place in range(1, len(AUTHORS) + 1)
    ]


def _circle(case_id: str) -> Circle:
    return Circle(id=case_id, tenant_id=TENANT, case_kind="certificate", stage=Stage.RESERVED, worker_id=ANNA)


def _talk(thread_id: str) -> list[Record]:
    messages = [
        Message(
            id=message_id(thread_id, number),
            tenant_id=TENANT,
            thread_id=thread_id,
            number=number,
            client_id=f"message-{number}",
            author=author,
            text=str(BY_NAME["text"]),  # an edit that says the same is none
            at=START,
        )
        for number, author in enumerate(AUTHORS, 1)
    ]
    thread = Thread(
        id=thread_id,
        tenant_id=TENANT,
        case_kind="certificate",
        doctor_ids=(ANNA,),
        last_number=len(messages),
        spoken=len(messages),
        opened_at=START,
        written_at=START,
    )
    return [thread, *messages]
