"""What nobody should be able to send: it is refused by name, or buried, and never crashes a door."""

import base64
import json
from datetime import timedelta

import pytest

from functions.house_visits.ask_next_doctor import ask_next_doctor
from functions.house_visits.cancel_visit import CancelVisit, cancel_visit
from functions.house_visits.domain.visit import Visit
from functions.house_visits.get_visit import get_visit
from functions.house_visits.list_visits import list_visits
from functions.house_visits.read_reply import read_reply
from functions.house_visits.sweep_cascades import sweep_cascades
from shared.kernel.ports import Query, Write
from shared.runtime import entry
from shared.runtime.action import Declaration
from shared.runtime.dead_letters import DELIVERIES_MAX, RETRIES_MAX, DeadLetter
from shared.runtime.incoming import Incoming
from shared.runtime.problem import Answer
from tests.people import ANNA, PIOTR
from tests.stories.test_house_visit import start, texts
from tests.world import OPERATOR, TENANT, World

TASK: Declaration = ask_next_doctor.declaration  # type: ignore[attr-defined]  # every action carries one
TOPIC: Declaration = read_reply.declaration  # type: ignore[attr-defined]  # every action carries one


def buried(world: World) -> list[str]:
    found = world.wiring.documents.query(Query(DeadLetter.kind, order=(("id", "asc"),)))
    return [world.wiring.codec.decode(DeadLetter, one.fields).error for one in found]


def pushed(world: World, body: bytes, attempt: int, account: str = "pubsub") -> Answer:
    """A message as Pub/Sub brings it, for the how-manieth time."""
    who = f"{account}@{world.settings.service_domain}"
    headers = {"Authorization": f"Bearer service/{who}/{world.settings.public_url}{TOPIC.path}"}
    data = {"message": {"data": base64.b64encode(body).decode()}, "deliveryAttempt": attempt}
    incoming = Incoming("POST", TOPIC.path, "", headers, json.dumps(data).encode())
    return entry.answer_to(TOPIC, incoming, world.wiring)


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b'{"message": 1}', b"{}" * 3])
def test_a_task_that_is_never_understood_is_buried_in_the_end(world: World, body: bytes) -> None:
    assert world.deliver(TASK, body, retries=RETRIES_MAX - 1).status == 422
    assert not buried(world)
    assert world.deliver(TASK, body, retries=RETRIES_MAX).status == 200
    assert buried(world) == ["not-understood"]


def test_a_topics_message_is_buried_before_the_topic_gives_up(world: World) -> None:
    assert pushed(world, b"nonsense", DELIVERIES_MAX - 1).status == 422
    assert pushed(world, b"nonsense", DELIVERIES_MAX).status == 200
    assert buried(world) == ["not-understood"]


def test_nobody_who_is_not_admitted_can_bury_anything(world: World) -> None:
    assert pushed(world, b"nonsense", DELIVERIES_MAX, account="cloud-tasks").status == 401
    headers = {"X-CloudTasks-TaskRetryCount": "99"}
    incoming = Incoming("POST", TASK.path, "", headers, b"nonsense")
    assert entry.answer_to(TASK, incoming, world.wiring).status == 401
    assert not buried(world)


def test_a_version_nobody_could_have_read_is_refused_politely(staffed: World, visit_id: str) -> None:
    request = CancelVisit(visit_id=visit_id, reason="other").model_dump(mode="json")
    action: Declaration = cancel_visit.declaration  # type: ignore[attr-defined]  # every action carries one
    answer = staffed.answer(action, request, OPERATOR, headers={"If-Match": '"' + "9" * 5000 + '"'})
    assert answer.status == 422


def test_an_id_no_record_can_have_is_missing(world: World) -> None:
    action: Declaration = get_visit.declaration  # type: ignore[attr-defined]  # every action carries one
    for key in ("x" * 201, "__all__", "."):
        assert world.answer(action, {"visit_id": key}, OPERATOR).status == 404


def test_a_query_with_too_many_fields_is_refused(world: World) -> None:
    action: Declaration = list_visits.declaration  # type: ignore[attr-defined]  # every action carries one
    many = {f"field_{number}": "1" for number in range(100)}
    assert world.answer(action, many, OPERATOR).status == 422


def test_one_visit_that_cannot_be_read_does_not_keep_the_others_waiting(
    staffed: World, visit_id: str
) -> None:
    start(staffed, visit_id, ANNA, PIOTR)
    due = staffed.clock.now() - timedelta(hours=1)
    spoiled = {"id": "spoiled", "tenant_id": TENANT, "status": "offering", "due_at": due}
    staffed.wiring.documents.commit([Write(f"{Visit.kind}/spoiled", spoiled)])
    staffed.queue.pending.clear()
    staffed.set_clock(staffed.clock.now() + timedelta(minutes=12))
    staffed.tick(sweep_cascades)
    assert len(texts(staffed, PIOTR)) == 1
