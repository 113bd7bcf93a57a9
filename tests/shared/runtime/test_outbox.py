"""What the outbox promises of a text: sent once, found again after a crash, reported when it cannot be."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from functions.house_visits.change_cascade import Add, ChangeCascade, Remove, change_cascade
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.visit import Visit, VisitStatus
from functions.house_visits.request_visit import RequestVisit, request_visit
from functions.house_visits.start_cascade import start_cascade
from functions.house_visits.sweep_cascades import sweep_cascades
from functions.platform.sweep_outbox import sweep_outbox
from shared.contracts.sms import SmsRejectedAccount, SmsThrottled, SmsUnknown
from shared.kernel.ports import Query, Snapshot, Task, Write
from shared.runtime.letters import Letter
from tests.people import AFTERNOON, ANNA, EWA, HOME, PHONES, PIOTR, doctor, patient, phone_key
from tests.world import World

A_LEASE = timedelta(seconds=121)
TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
def asked(world: World) -> str:
    world.given(patient(), doctor(world, ANNA), doctor(world, PIOTR))
    wanted = RequestVisit(
        patient_id="p-1", address=HOME, window=AFTERNOON, specialization="internal_medicine"
    )
    return world.call(request_visit, wanted).visit_id


def start(world: World, visit_id: str) -> None:
    world.call(start_cascade, PlanRequest(visit_id=visit_id, doctor_ids=(ANNA, PIOTR), intervals=(10,)))
    world.settle()


def test_a_text_whose_answer_was_lost_is_found_and_not_sent_again(world: World, asked: str) -> None:
    world.phones.silent.add(PHONES[ANNA])
    start(world, asked)
    world.advance(A_LEASE)
    world.tick(sweep_outbox)
    world.advance(A_LEASE)
    world.tick(sweep_outbox)
    assert len(world.texts_to(PHONES[ANNA])) == 1


def test_a_text_that_never_reached_the_provider_is_sent_once_more(world: World, asked: str) -> None:
    world.phones.out = SmsUnknown()
    start(world, asked)
    assert not world.texts_to(PHONES[ANNA])
    world.phones.out = None
    world.advance(A_LEASE)
    world.tick(sweep_outbox)
    assert len(world.texts_to(PHONES[ANNA])) == 1


@pytest.mark.parametrize("trouble", [SmsThrottled(30), SmsRejectedAccount()])
def test_a_provider_that_takes_nothing_pauses_the_search_and_costs_no_turn(
    world: World, asked: str, trouble: Exception
) -> None:
    world.phones.out = trouble
    start(world, asked)
    cascade = world.record(Visit, asked).cascade
    assert cascade is not None
    assert (cascade.status, cascade.pause_reason) == ("paused", "provider_out")
    world.advance(timedelta(minutes=30))
    assert not world.texts_to(PHONES[PIOTR])
    world.phones.out = None
    world.tick(sweep_outbox)
    assert len(world.texts_to(PHONES[ANNA])) == 1
    cascade = world.record(Visit, asked).cascade
    assert cascade is not None
    assert cascade.status == "running"
    world.advance(TEN_MINUTES)
    assert len(world.texts_to(PHONES[PIOTR])) == 1


def test_letters_left_behind_by_a_dead_function_are_sent_by_the_sweeper(world: World, asked: str) -> None:
    world.settings = world.settings.but(dispatch_inline=False)
    world.wiring.settings = world.settings
    start(world, asked)
    assert not world.texts_to(PHONES[ANNA])
    for _ in range(4):
        world.tick(sweep_outbox)
    assert len(world.texts_to(PHONES[ANNA])) == 1


def test_a_lost_timer_is_found_by_the_sweeper(world: World, asked: str) -> None:
    start(world, asked)
    world.queue.pending.clear()
    world.advance(timedelta(minutes=12))
    assert not world.texts_to(PHONES[PIOTR])
    world.tick(sweep_cascades)
    assert len(world.texts_to(PHONES[PIOTR])) == 1


def test_a_text_held_back_until_the_visit_was_won_is_never_sent(world: World, asked: str) -> None:
    world.settings = world.settings.but(dispatch_inline=False)
    world.wiring.settings = world.settings
    start(world, asked)
    world.tick(sweep_outbox)  # hands the first timer over
    visit = world.record(Visit, asked)
    gone = visit.but(epoch=visit.epoch + 1, status=VisitStatus.OUTSIDE, cascade=None)
    world.given(gone)
    world.advance(timedelta(minutes=1))
    world.tick(sweep_outbox)
    assert not world.texts_to(PHONES[ANNA])


def test_a_sender_frozen_beyond_its_lease_leaves_the_text_to_the_sweeper(world: World, asked: str) -> None:
    """Whoever slept must not text what somebody else has texted meanwhile."""
    frozen = FreezingDocuments(world)
    world.wiring.__dict__["documents"] = frozen
    frozen.seconds = 60
    start(world, asked)
    assert not world.texts_to(PHONES[ANNA])
    frozen.seconds = 0
    world.advance(A_LEASE)
    world.tick(sweep_outbox)
    assert len(world.texts_to(PHONES[ANNA])) == 1


class FreezingDocuments:
    """The process that has just committed goes on only after so many seconds."""

    def __init__(self, world: World) -> None:
        self._world, self._documents, self.seconds = world, world.wiring.documents, 0

    def read(self, paths: Sequence[str]) -> dict[str, Snapshot | None]:
        return self._documents.read(paths)

    def count(self, query: Query) -> int:
        return self._documents.count(query)

    def query(self, query: Query) -> list[Snapshot]:
        return self._documents.query(query)

    def commit(self, writes: Sequence[Write]) -> list[Any]:
        stamps = self._documents.commit(writes)
        self._world.clock.advance(timedelta(seconds=self.seconds))
        return stamps


class QueueAway:
    def add(self, task: Task) -> None:
        raise ConnectionError


def test_a_search_goes_on_while_the_queue_is_away_and_leaves_no_heap_of_letters(
    world: World, asked: str
) -> None:
    start(world, asked)
    world.wiring.__dict__["queue"] = QueueAway()
    world.queue.pending.clear()
    for _ in range(15):
        world.advance(timedelta(minutes=1))
        world.tick(sweep_cascades)
    assert len(world.texts_to(PHONES[PIOTR])) == 1
    waiting = world.wiring.documents.query(Query(Letter.kind, where=(("open", "==", True),)))
    assert len(waiting) <= 2  # the timers of the two steps


def test_one_record_that_cannot_be_moved_on_does_not_keep_a_sweeper_from_the_others(
    world: World, asked: str
) -> None:
    """The first overdue search's doctor has a desk that nobody can read."""
    world.given(patient("p-2"), doctor(world, EWA))
    wish = RequestVisit(patient_id="p-2", address=HOME, window=AFTERNOON, specialization="internal_medicine")
    spoiled = world.call(request_visit, wish).visit_id
    world.call(start_cascade, PlanRequest(visit_id=spoiled, doctor_ids=(EWA, PIOTR), intervals=(5,)))
    start(world, asked)
    world.queue.pending.clear()
    world.wiring.documents.commit([Write(f"desks/{phone_key(world, PHONES[PIOTR])}", {"tenant_id": "vm"})])
    world.call(change_cascade, ChangeCascade(visit_id=asked, change=Add(kind="add", doctor_ids=(EWA,))))
    world.call(
        change_cascade, ChangeCascade(visit_id=asked, change=Remove(kind="remove", doctor_ids=(PIOTR,)))
    )
    world.queue.pending.clear()
    world.advance(timedelta(minutes=12))
    world.tick(sweep_cascades)
    assert len(world.texts_to(PHONES[EWA])) == 2
    assert not world.texts_to(PHONES[PIOTR])
