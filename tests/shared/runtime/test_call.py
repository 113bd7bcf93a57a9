"""What one call promises: it happens once, or not at all, and its answer is true."""

import threading
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from functions.house_visits.cancel_visit import CancelVisit, cancel_visit
from functions.house_visits.domain.visit import Visit, VisitStatus
from functions.house_visits.request_visit import RequestVisit, request_visit
from shared.kernel.errors import NotFound, Stale
from shared.kernel.ports import Collision, Documents, OutcomeUnknown, Query, Snapshot, Write
from shared.kernel.states import NotPossibleNow
from shared.runtime.marks import KeyReused
from shared.runtime.understanding import IdempotencyKeyMissing
from tests.people import AFTERNOON, HOME, patient
from tests.world import FOREIGN_OPERATOR, OPERATOR, World

WANTED = RequestVisit(patient_id="p-1", address=HOME, window=AFTERNOON, specialization="internal_medicine")


class LosesReplies:
    """A store whose first replies to a commit are lost, after or before the write landed."""

    def __init__(self, documents: Documents, *, landed: bool, times: int = 1) -> None:
        self._documents = documents
        self._landed = landed
        self._left = times

    def read(self, paths: Sequence[str]) -> dict[str, Snapshot | None]:
        return self._documents.read(paths)

    def query(self, query: Query) -> list[Snapshot]:
        return self._documents.query(query)

    def commit(self, writes: Sequence[Write]) -> list[Any]:
        if self._left == 0:
            return self._documents.commit(writes)
        self._left -= 1
        if self._landed:
            self._documents.commit(writes)
        raise OutcomeUnknown


@pytest.fixture
def clinic(world: World) -> World:
    world.given(patient())
    return world


def visits(world: World) -> list[Snapshot]:
    return world.wiring.documents.query(Query(Visit.kind, order=(("id", "asc"),)))


def test_the_same_key_gives_the_first_answer_and_changes_nothing(clinic: World) -> None:
    first = clinic.call(request_visit, WANTED, key="once-only-1")
    second = clinic.call(request_visit, WANTED, key="once-only-1")
    assert second == first
    assert len(visits(clinic)) == 1


def test_the_same_key_of_another_user_is_another_key(clinic: World) -> None:
    clinic.call(request_visit, WANTED, key="once-only-1")
    again = WANTED.but(although_similar=True)
    clinic.call(request_visit, again, key="once-only-1", as_=OPERATOR.but(user_id="op-2"))
    assert len(visits(clinic)) == 2


def test_a_key_used_for_another_request_is_refused(clinic: World) -> None:
    clinic.call(request_visit, WANTED, key="once-only-1")
    with pytest.raises(KeyReused):
        clinic.call(request_visit, WANTED.but(urgent=True), key="once-only-1")


def test_a_change_without_a_key_is_refused(clinic: World) -> None:
    with pytest.raises(IdempotencyKeyMissing):
        clinic.call(request_visit, WANTED, headers={"Idempotency-Key": ""})


def test_a_repeated_success_is_answered_even_when_it_would_be_refused_now(clinic: World) -> None:
    visit_id = clinic.call(request_visit, WANTED).visit_id
    cancel = CancelVisit(visit_id=visit_id, reason="duplicate")
    first = clinic.call(cancel_visit, cancel, key="cancel-once")
    assert clinic.call(cancel_visit, cancel, key="cancel-once") == first
    with pytest.raises(NotPossibleNow):
        clinic.call(cancel_visit, cancel, key="cancel-twice")


@pytest.mark.parametrize("landed", [True, False])
def test_a_lost_reply_is_neither_a_failure_nor_a_second_visit(clinic: World, landed: bool) -> None:
    store = clinic.wiring.documents
    clinic.join(OPERATOR)
    clinic.wiring.__dict__["documents"] = LosesReplies(store, landed=landed)
    answer = clinic.call(request_visit, WANTED)
    assert [one.fields["id"] for one in visits(clinic)] == [answer.visit_id]


def test_two_requests_with_one_key_at_once_are_one(clinic: World) -> None:
    answers: list[str] = []
    threads = [
        threading.Thread(
            target=lambda: answers.append(clinic.call(request_visit, WANTED, key="at-once-1").visit_id)
        )
        for _ in range(8)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(set(answers)) == 1
    assert len(answers) == 8
    assert len(visits(clinic)) == 1


def test_an_edit_of_an_older_version_is_refused(clinic: World) -> None:
    visit_id = clinic.call(request_visit, WANTED).visit_id
    cancel = CancelVisit(visit_id=visit_id, reason="other")
    with pytest.raises(Stale):
        clinic.call(cancel_visit, cancel, headers={"If-Match": '"7"'})
    assert clinic.call(cancel_visit, cancel, headers={"If-Match": '"1"'}).status == VisitStatus.CANCELLED


def test_foreign_and_missing_are_answered_alike(clinic: World) -> None:
    visit_id = clinic.call(request_visit, WANTED).visit_id
    refusals = []
    for who, which in ((FOREIGN_OPERATOR, visit_id), (OPERATOR, "no-such-visit")):
        with pytest.raises(NotFound) as refused:
            clinic.call(cancel_visit, CancelVisit(visit_id=which, reason="other"), as_=who)
        refusals.append((type(refused.value), refused.value.detail))
    assert refusals[0] == refusals[1]


def test_every_change_has_its_numbered_line_and_its_audit(clinic: World) -> None:
    visit_id = clinic.call(request_visit, WANTED).visit_id
    clinic.call(cancel_visit, CancelVisit(visit_id=visit_id, reason="other"))
    visit = clinic.record(Visit, visit_id)
    assert clinic.log_of(visit) == ["requested", "cancelled"]
    audit = clinic.wiring.documents.query(Query("audit", order=(("id", "asc"),)))
    assert {one.fields["action"] for one in audit} == {
        "house_visits__request_visit",
        "house_visits__cancel_visit",
    }
    assert all(one.fields["by_user"] == "op-1" for one in audit)


def test_personal_text_rests_sealed(clinic: World) -> None:
    clinic.call(request_visit, WANTED.but(reason="gorączka i kaszel"))
    stored = repr(visits(clinic)[0].fields)
    assert "Kwiatowa" not in stored
    assert "kaszel" not in stored


def test_a_store_that_always_collides_is_busy_not_wrong(clinic: World) -> None:
    class AlwaysCollides(LosesReplies):
        def commit(self, writes: Sequence[Write]) -> list[Any]:
            raise Collision

    clinic.join(OPERATOR)
    clinic.wiring.__dict__["documents"] = AlwaysCollides(clinic.wiring.documents, landed=False)
    answer = clinic.answer(request_visit.declaration, WANTED.model_dump(mode="json"), OPERATOR)  # type: ignore[attr-defined]
    assert answer.status == 503
    assert answer.headers["Retry-After"]
    clinic.clock.advance(timedelta(minutes=1))
