"""What apps may read of Firestore by themselves: messages of threads they take part in, and nothing else.

The emulator enforces infra/firestore.rules on everybody who is not its owner.
"""

import os
from collections.abc import Callable
from typing import Any, Final

import pytest

from functions.chat.domain.marker import ReadMarker
from functions.chat.domain.message import Author, Message, SentMark, message_id
from functions.chat.domain.thread import Thread
from infra.local.auth.token import mint
from shared.contracts.circles import Circle, Stage
from shared.contracts.members import Member, MemberStatus
from shared.kernel.actors import Actor, Role
from shared.kernel.records import Record
from tests.bench.measured_world import MeasuredWorld
from tests.emulator.app_listener import DENIED, MISSING, OK, App
from tests.members import member_of
from tests.outside import START
from tests.people import ANNA, EWA, JAN, PIOTR, as_doctor
from tests.world import ADMIN, FOREIGN_OPERATOR, OPERATOR, TENANT

pytestmark = pytest.mark.emulator

WON, SEARCHED, FOREIGN, SILENT = "won", "searched", "foreign", "silent"
NIGHT_SHIFT: Final = OPERATOR.but(user_id="op-2")
PATIENT: Final = Actor(role=Role.PATIENT, tenant_id=TENANT, user_id="p-user", record_id=ANNA)
FOREIGN_ANNA: Final = as_doctor(ANNA).but(tenant_id="other")
DISABLED: Final = as_doctor(JAN)
PEOPLE: Final = {
    "anna": as_doctor(ANNA),
    "piotr": as_doctor(PIOTR),
    "ewa": as_doctor(EWA),
    "jan, disabled": DISABLED,
    "operator": OPERATOR,
    "operator who takes no part": NIGHT_SHIFT,
    "admin": ADMIN,
    "operator of another tenant": FOREIGN_OPERATOR,
    "anna of another tenant": FOREIGN_ANNA,
    "patient": PATIENT,
}


def thread(thread_id: str, tenant: str = TENANT, **facts: Any) -> Thread:
    return Thread(
        id=thread_id, tenant_id=tenant, case_kind="visit", last_number=1, opened_at=START, written_at=START
    ).but(**facts)


def circle(thread_id: str, tenant: str = TENANT, **facts: Any) -> Circle:
    kept = Circle(id=thread_id, tenant_id=tenant, case_kind="visit", stage=Stage.OFFERING)
    return kept.but(**facts)


def message(thread_id: str, tenant: str = TENANT, number: int = 1) -> Message:
    return Message(
        id=message_id(thread_id, number), tenant_id=tenant, thread_id=thread_id, number=number,
        client_id="message-1", author=Author(seat="staff:op-1", role=Role.OPERATOR), text="Dzień dobry",
        at=START,
    )  # fmt: skip


def everything() -> list[Record]:
    members: list[Member] = [member_of(one) for one in PEOPLE.values() if one is not DISABLED]
    return [
        *members,
        member_of(DISABLED).but(status=MemberStatus.DISABLED),
        circle(WON, stage=Stage.BOOKED, worker_id=ANNA),
        thread(WON, opened_to=(PIOTR, EWA), staff_ids=("op-1",), doctor_ids=(ANNA, PIOTR)),
        message(WON),
        circle(SEARCHED, asked_ids=(PIOTR, EWA, JAN)),
        thread(SEARCHED, opened_to=(PIOTR, JAN, ANNA), staff_ids=("op-1", "admin-1", "op-9")),
        message(SEARCHED),
        circle(FOREIGN, "other", worker_id=ANNA),
        thread(FOREIGN, "other", staff_ids=("op-9", "op-1")),
        message(FOREIGN, "other"),
        thread(SILENT, staff_ids=("op-1",)),  # whose case has no circle
        message(SILENT),
        ReadMarker(id="won.doctor:d-anna", tenant_id=TENANT, thread_id=WON, seat=f"doctor:{ANNA}"),
        SentMark(id="won.message-1", tenant_id=TENANT, number=1, seat="staff:op-1"),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def world() -> MeasuredWorld:
    if not os.environ.get("FIRESTORE_EMULATOR_HOST"):
        pytest.skip("FIRESTORE_EMULATOR_HOST is not set: run ./emulator.sh test")
    made = MeasuredWorld()
    made.given(*everything())
    return made


def app_of(world: MeasuredWorld, who: Actor | None, **claims: str) -> App:
    """`claims`: what the token says otherwise than the member record."""
    project, host = world.settings.project, os.environ["FIRESTORE_EMULATOR_HOST"]
    if who is None:
        return App(host, project, "")
    says: dict[str, Any] = {
        "role": who.role,
        "record_id": who.record_id,
        "tenant_id": who.tenant_id,
        **claims,
    }
    return App(host, project, mint(**says, uid=who.user_id, project=project))


MAY_READ: Final = {
    WON: {"anna", "operator"},
    SEARCHED: {"piotr", "operator", "admin"},
    FOREIGN: {"anna of another tenant", "operator of another tenant"},
    SILENT: set[str](),
}
CASES: Final = [(name, one) for one in MAY_READ for name in PEOPLE]


@pytest.mark.parametrize(("name", "thread_id"), CASES)
def test_a_thread_is_read_by_exactly_who_takes_part(world: MeasuredWorld, name: str, thread_id: str) -> None:
    app = app_of(world, PEOPLE[name])
    owed = OK if name in MAY_READ[thread_id] else DENIED
    assert app.get(f"threads/{thread_id}/messages/{message_id(thread_id, 1)}") == owed
    assert app.list(f"threads/{thread_id}/messages") == owed


@pytest.mark.parametrize("thread_id", MAY_READ)
def test_who_has_not_signed_in_reads_nothing(world: MeasuredWorld, thread_id: str) -> None:
    app = app_of(world, None)
    assert app.get(f"threads/{thread_id}/messages/{message_id(thread_id, 1)}") == DENIED
    assert app.list(f"threads/{thread_id}/messages") == DENIED


@pytest.mark.parametrize(
    ("who", "claims", "thread_id"),
    [
        (as_doctor(PIOTR), {"record_id": ANNA}, WON),  # a token of somebody who stood for another
        (as_doctor(ANNA), {"record_id": PIOTR}, SEARCHED),
        (as_doctor(ANNA), {"record_id": ""}, WON),
        (as_doctor(ANNA), {"role": Role.OPERATOR}, WON),
        (as_doctor(EWA), {"role": Role.ADMIN, "record_id": ""}, WON),
        (OPERATOR, {"role": Role.DOCTOR, "record_id": ANNA}, WON),
        (OPERATOR, {"role": Role.ADMIN}, WON),
        (as_doctor(ANNA), {"tenant_id": "other"}, WON),
        (FOREIGN_ANNA, {"tenant_id": TENANT}, FOREIGN),
        (OPERATOR.but(user_id="op-unknown"), {}, WON),
        (as_doctor(ANNA).but(user_id="op-1"), {}, WON),
        (PATIENT, {"role": Role.DOCTOR}, WON),
    ],
)  # fmt: skip
def test_a_token_that_says_otherwise_than_the_member_opens_nothing(
    world: MeasuredWorld, who: Actor, claims: dict[str, str], thread_id: str
) -> None:
    app = app_of(world, who, **claims)
    assert app.get(f"threads/{thread_id}/messages/{message_id(thread_id, 1)}") == DENIED
    assert app.list(f"threads/{thread_id}/messages") == DENIED


@pytest.mark.parametrize(
    "path",
    [
        "threads/won", "circles/won", "read_markers/won.doctor:d-anna", "sent_messages/won.message-1",
        "members/anybody", "doctors/d-anna", "visits/won", "outbox/a", "audit/a", "markers/a",
        "threads/won/activity/000001", "threads/won/messages/won.000001/more/a",
    ],
)  # fmt: skip
def test_nothing_else_is_read_not_even_by_who_takes_part(world: MeasuredWorld, path: str) -> None:
    for who in (as_doctor(ANNA), OPERATOR, ADMIN):
        assert app_of(world, who).get(path) == DENIED


@pytest.mark.parametrize("collection", ["threads", "circles", "members", "visits", "audit"])
def test_no_collection_is_listed(world: MeasuredWorld, collection: str) -> None:
    assert app_of(world, as_doctor(ANNA)).list(collection) == DENIED
    assert app_of(world, OPERATOR).list(collection) == DENIED


@pytest.mark.parametrize("who", [as_doctor(ANNA), OPERATOR, ADMIN])
def test_messages_of_all_threads_at_once_are_nobodys(world: MeasuredWorld, who: Actor) -> None:
    assert app_of(world, who).list_everywhere("messages") == DENIED


@pytest.mark.parametrize(("limit", "owed"), [(1, OK), (100, OK), (101, DENIED), (None, DENIED)])
def test_a_list_has_its_bound(world: MeasuredWorld, limit: int | None, owed: int) -> None:
    assert app_of(world, as_doctor(ANNA)).list(f"threads/{WON}/messages", limit) == owed


WRITES: Final[dict[str, Callable[[App], int]]] = {
    "a message": lambda app: app.create(f"threads/{WON}/messages", "won.000002"),
    "a change of one": lambda app: app.change(f"threads/{WON}/messages/{message_id(WON, 1)}"),
    "its end": lambda app: app.delete(f"threads/{WON}/messages/{message_id(WON, 1)}"),
    "a marker": lambda app: app.change("read_markers/won.doctor:d-anna"),
    "a circle": lambda app: app.change("circles/searched"),
    "a member": lambda app: app.create("members", "me"),
    "a thread": lambda app: app.create("threads", "mine"),
}


@pytest.mark.parametrize("what", WRITES)
def test_nobody_writes(world: MeasuredWorld, what: str) -> None:
    for who in (as_doctor(ANNA), OPERATOR, ADMIN, None):
        assert WRITES[what](app_of(world, who)) == DENIED


def test_a_message_that_is_not_there_yet_may_be_waited_for(world: MeasuredWorld) -> None:
    assert app_of(world, as_doctor(ANNA)).get(f"threads/{WON}/messages/{message_id(WON, 9)}") == MISSING
    assert app_of(world, as_doctor(EWA)).get(f"threads/{WON}/messages/{message_id(WON, 9)}") == DENIED


def test_whoever_listens_hears_what_is_written(world: MeasuredWorld) -> None:
    heard = app_of(world, as_doctor(PIOTR)).listen(SEARCHED)
    assert next(heard) == 1
    world.given(message(SEARCHED, number=2))
    assert next(heard) == 2


def test_who_takes_no_part_hears_nothing(world: MeasuredWorld) -> None:
    with pytest.raises(PermissionError):
        next(app_of(world, as_doctor(EWA)).listen(SEARCHED))


def test_access_follows_the_case(world: MeasuredWorld) -> None:
    app = app_of(world, as_doctor(PIOTR))
    path = f"threads/moving/messages/{message_id('moving', 1)}"
    world.given(circle("moving", asked_ids=(PIOTR,)), thread("moving", opened_to=(PIOTR,)))
    world.given(message("moving"))
    assert app.get(path) == OK
    world.given(circle("moving", stage=Stage.BOOKED, worker_id=ANNA))
    assert app.get(path) == DENIED
    assert app_of(world, as_doctor(ANNA)).get(path) == OK


def test_who_is_disabled_is_out_at_once(world: MeasuredWorld) -> None:
    path = f"threads/{WON}/messages/{message_id(WON, 1)}"
    world.given(member_of(as_doctor(ANNA)).but(status=MemberStatus.DISABLED))
    assert app_of(world, as_doctor(ANNA)).get(path) == DENIED
    world.given(member_of(as_doctor(ANNA)))
    assert app_of(world, as_doctor(ANNA)).get(path) == OK
