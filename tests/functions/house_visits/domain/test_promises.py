"""Each promise says what is wrong with a record that breaks it, and nothing of one that keeps it."""

from datetime import timedelta

import pytest

from functions.house_visits.domain.offer import Offer
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.promises import broken
from functions.house_visits.domain.visit import Visit, VisitStatus
from functions.house_visits.start_cascade import start_cascade
from shared.kernel.actors import Scope
from shared.kernel.records import Activity
from shared.runtime.ledger import Ledger
from tests.people import ANNA, PHONES, PIOTR
from tests.world import OPERATOR, World

Kept = tuple[Visit, list[Activity]]


def kept(world: World, visit_id: str) -> Kept:
    wired, visit = world.wiring, world.record(Visit, visit_id)
    ledger = Ledger(wired.documents, wired.codec, OPERATOR, Scope.TENANT, world.clock.now())
    return visit, ledger.activity(visit, 0, 1_000)


@pytest.fixture
def asked(staffed: World, visit_id: str) -> Kept:
    """Two doctors have been asked, nobody has answered."""
    staffed.call(start_cascade, PlanRequest(visit_id=visit_id, doctor_ids=(ANNA, PIOTR), intervals=(10,)))
    staffed.advance(timedelta(minutes=11))
    return kept(staffed, visit_id)


@pytest.fixture
def won(asked: Kept, staffed: World, visit_id: str) -> Kept:
    staffed.text_from(PHONES[PIOTR], "tak")
    staffed.settle()
    return kept(staffed, visit_id)


def names(record: Visit, lines: list[Activity], world: World) -> list[str]:
    return [one.partition(":")[0] for one in broken(record, lines, world.clock.now())]


def with_offer(visit: Visit, place: int, **changes: object) -> Visit:
    assert visit.cascade is not None
    offer: Offer = visit.cascade.offers[place]
    return visit.but(cascade=visit.cascade.with_offer(offer.but(**changes)))


def again(lines: list[Activity], did: str) -> list[Activity]:
    """The log with that line written once more, at its end."""
    (line,) = [one for one in lines if one.did == did][:1]
    return [*lines, line.but(number=len(lines) + 1)]


def test_a_search_and_a_booking_that_went_well_break_nothing(asked: Kept, won: Kept, staffed: World) -> None:
    assert broken(*asked, staffed.clock.now() - timedelta(minutes=1)) == ()
    assert broken(*won, staffed.clock.now()) == ()


def test_a_booking_without_a_winner_and_a_second_winner_are_found(won: Kept, staffed: World) -> None:
    visit, lines = won
    assert names(visit.but(winner=None), lines, staffed) == ["has_one_winner_at_most"]
    assert "has_one_winner_at_most" in names(with_offer(visit, 0, status="accepted"), lines, staffed)
    assert names(visit.but(version=len(lines) + 1), again(lines, "booked"), staffed) == [
        "has_one_winner_at_most"
    ]


def test_a_doctor_asked_twice_in_one_search_is_found(asked: Kept, staffed: World) -> None:
    visit, lines = asked
    twice = again(lines, "doctor_asked")
    assert names(visit.but(version=len(twice)), twice, staffed) == ["asks_nobody_twice"]


def test_a_gap_in_the_log_is_found(won: Kept, staffed: World) -> None:
    visit, lines = won
    assert names(visit, [*lines[:2], *lines[3:]], staffed) == ["has_a_whole_log"]
    assert names(visit.but(version=visit.version + 1), lines, staffed) == ["has_a_whole_log"]


def test_a_search_that_nobody_looks_at_is_found(asked: Kept, staffed: World) -> None:
    visit, lines = asked
    assert names(visit.but(due_at=None), lines, staffed) == ["is_looked_after"]
    assert names(visit.but(cascade=None), lines, staffed) == ["is_looked_after"]
    late = visit.but(due_at=staffed.clock.now() - timedelta(minutes=6))
    assert names(late, lines, staffed) == ["is_looked_after"]


def test_people_who_search_without_an_owner_are_found(asked: Kept, staffed: World) -> None:
    visit, lines = asked
    assert visit.cascade is not None
    closed = visit.cascade.but(offers=tuple(one.but(status="expired") for one in visit.offers))
    alone = visit.but(status=VisitStatus.OUTSIDE, cascade=closed, outside=None)
    assert names(alone, lines, staffed) == ["is_looked_after"]


def test_an_offer_left_open_after_the_end_is_found(won: Kept, staffed: World) -> None:
    visit, lines = won
    assert names(with_offer(visit, 0, status="sent"), lines, staffed) == ["leaves_no_offer_open"]
