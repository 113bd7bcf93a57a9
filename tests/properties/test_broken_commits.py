"""Commits that are lost, refused, or land without a word, anywhere in a search: the promises hold."""

import random
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.visit import Visit, VisitStatus
from functions.house_visits.request_visit import RequestVisit, request_visit
from functions.house_visits.start_cascade import start_cascade
from functions.house_visits.sweep_cascades import sweep_cascades
from functions.messaging.reconcile_inbox import reconcile_inbox
from functions.platform.sweep_outbox import sweep_outbox
from shared.kernel.ports import Collision, Documents, OutcomeUnknown, Query, Snapshot, Write
from shared.runtime.action import Declaration
from shared.runtime.problem import Answer
from tests.people import AFTERNOON, ANNA, EWA, HOME, JAN, PHONES, PIOTR, doctor, patient
from tests.world import Refused, World

A_MINUTE = timedelta(minutes=1)
SWEEPERS = (sweep_outbox, sweep_cascades, reconcile_inbox)
MINUTES, QUIET_MINUTES = 60, 15


class Died(RuntimeError):
    """The process is gone: nothing after this line of it ran."""


class BreakingDocuments:
    """One commit in seven goes wrong, in one of the ways in which they do."""

    def __init__(self, documents: Documents, seed: int) -> None:
        self.documents, self.chance, self.share = documents, random.Random(seed), 0.15

    def read(self, paths: Sequence[str]) -> dict[str, Snapshot | None]:
        return self.documents.read(paths)

    def count(self, query: Query) -> int:
        return self.documents.count(query)

    def query(self, query: Query) -> list[Snapshot]:
        return self.documents.query(query)

    def commit(self, writes: Sequence[Write]) -> list[Any]:
        if self.chance.random() >= self.share:
            return self.documents.commit(writes)
        how = self.chance.choice([Collision, OutcomeUnknown, Died])
        if how is not Collision and self.chance.random() < 0.5:
            self.documents.commit(writes)  # it landed, and nobody was told
        raise how


class RetryingWorld(World):
    """Queues bring again what was not digested."""

    def __init__(self) -> None:
        super().__init__()
        self.undigested: list[tuple[Declaration, bytes]] = []

    def deliver(self, action: Declaration, body: bytes = b"{}", retries: int = 0) -> Answer:
        answer = super().deliver(action, body, retries)
        if answer.status != 200 and action.trigger.kind != "schedule":
            self.undigested.append((action, body))
        return Answer(200, b"{}")

    def a_minute(self) -> None:
        again, self.undigested = self.undigested, []
        for action, body in again:
            self.deliver(action, body)
        for sweeper in SWEEPERS:
            self.tick(sweeper)
        self.advance(A_MINUTE)


@pytest.mark.parametrize("seed", range(20))
def test_one_offer_each_one_winner_who_knows_it_and_nothing_stands_still(seed: int) -> None:
    world = RetryingWorld()
    world.given(patient(), *(doctor(world, one) for one in (ANNA, PIOTR, EWA, JAN)))
    wanted = RequestVisit(
        patient_id="p-1", address=HOME, window=AFTERNOON, specialization="internal_medicine"
    )
    visit_id = world.call(request_visit, wanted).visit_id
    breaking = BreakingDocuments(world.wiring.documents, seed)
    world.wiring.__dict__["documents"] = breaking
    _start(world, visit_id)
    for minute in range(MINUTES):
        world.a_minute()
        for who in (ANNA, PIOTR) if minute in (12, 14, 25) else ():
            if world.texts_to(PHONES[who]):
                world.text_from(PHONES[who], "tak")
    breaking.share = 0
    for _ in range(QUIET_MINUTES):
        world.a_minute()
    _what_was_promised(world, world.record(Visit, visit_id))


def _start(world: World, visit_id: str) -> None:
    """As an app does: with the same key, until there is an answer."""
    plan = PlanRequest(visit_id=visit_id, doctor_ids=(ANNA, PIOTR, EWA, JAN), intervals=(10,))
    for _ in range(20):
        try:
            world.call(start_cascade, plan, key="start-it-once")
        except Refused:
            continue
        return


def _what_was_promised(world: World, visit: Visit) -> None:
    told = Counter((one.sms.to, one.sms.body.split(",")[0]) for one in world.phones.sent)
    offered = Counter(one.sms.to for one in world.phones.sent if "Odpisz TAK" in one.sms.body)
    assert max(offered.values()) == 1
    assert visit.status in (VisitStatus.BOOKED, VisitStatus.OUTSIDE)
    assert world.log_of(visit).count("booked") == (visit.status == VisitStatus.BOOKED)
    winners = {phone for phone, text in told if "jest Twoja" in text}
    assert winners == ({PHONES[visit.winner.doctor_id]} if visit.winner else set())
    assert all(count == 1 for (_, text), count in told.items() if "obsadzona" in text)
