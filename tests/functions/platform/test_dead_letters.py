"""A message that crashes every time is buried, can be seen, and is sent again once its cause is mended."""

from collections.abc import Sequence
from typing import Any

import pytest

from functions.house_visits.ask_next_doctor import ask_next_doctor
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.read_reply import read_reply
from functions.house_visits.start_cascade import start_cascade
from functions.platform.list_dead_letters import ListDeadLetters, list_dead_letters
from functions.platform.replay_dead_letter import ReplayDeadLetter, replay_dead_letter
from shared.kernel.errors import NotFound
from shared.kernel.ports import Documents, Query, Snapshot, Write
from shared.runtime.dead_letters import RETRIES_MAX
from tests.people import ANNA, PHONES
from tests.world import ADMIN, World


class Broken:
    """A store that cannot be read: whatever needs it crashes."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents

    def read(self, paths: Sequence[str]) -> dict[str, Snapshot | None]:
        raise RuntimeError("a text that must not be repeated anywhere")

    def commit(self, writes: Sequence[Write]) -> list[Any]:
        return self.documents.commit(writes)

    def count(self, query: Query) -> int:
        return self.documents.count(query)

    def query(self, query: Query) -> list[Snapshot]:
        return self.documents.query(query)


@pytest.fixture
def poisoned(staffed: World, visit_id: str) -> World:
    """The first timer of a search was tried as often as it may be, and crashed each time."""
    staffed.call(start_cascade, PlanRequest(visit_id=visit_id, doctor_ids=(ANNA,)))
    (timer,) = staffed.queue.take_due(staffed.clock.now())
    whole = staffed.wiring.documents
    staffed.wiring.__dict__["documents"] = Broken(whole)
    action = ask_next_doctor.declaration  # type: ignore[attr-defined]  # every action carries one
    assert staffed.deliver(action, timer.body, retries=RETRIES_MAX - 1).status == 500
    assert staffed.deliver(action, timer.body, retries=RETRIES_MAX).status == 200
    staffed.wiring.__dict__["documents"] = whole
    return staffed


def test_a_buried_message_is_listed_without_what_it_choked_on(
    poisoned: World, capsys: pytest.CaptureFixture[str]
) -> None:
    (letter,) = poisoned.call(list_dead_letters, ListDeadLetters(), as_=ADMIN).letters
    assert (letter.entry_point, letter.error) == ("house_visits__ask_next_doctor", "RuntimeError")
    assert "must not be repeated" not in capsys.readouterr().out


def test_sent_again_it_does_its_work(poisoned: World) -> None:
    (letter,) = poisoned.call(list_dead_letters, ListDeadLetters(), as_=ADMIN).letters
    poisoned.call(replay_dead_letter, ReplayDeadLetter(letter_id=letter.letter_id), as_=ADMIN)
    poisoned.settle()
    assert len(poisoned.texts_to(PHONES[ANNA])) == 1
    (letter,) = poisoned.call(list_dead_letters, ListDeadLetters(), as_=ADMIN).letters
    assert letter.replayed_at == poisoned.clock.now()


def test_what_was_never_buried_cannot_be_sent(world: World) -> None:
    with pytest.raises(NotFound):
        world.call(replay_dead_letter, ReplayDeadLetter(letter_id="nothing"), as_=ADMIN)


def test_a_message_of_a_topic_that_cannot_be_understood_is_kept_for_a_newer_deployment(world: World) -> None:
    action = read_reply.declaration  # type: ignore[attr-defined]  # every action carries one
    assert world.deliver(action, b"not an envelope").status == 422
