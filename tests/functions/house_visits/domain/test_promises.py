"""Each promise says what is wrong with a record that breaks it, and nothing of one that keeps it."""

from datetime import timedelta

import pytest

from functions.house_visits.domain.offer import Offer, OfferStatus
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.promises import broken
from functions.house_visits.domain.visit import Channel, Visit, VisitStatus
from functions.house_visits.start_cascade import start_cascade
from shared.kernel.actors import Scope
from shared.kernel.records import Activity
from shared.runtime.ledger import Ledger
from tests.functions.house_visits.domain.a_visit import (
    MINUTE,
    NOW,
    asking_clinic,
    cascade,
    offer,
    searched_outside,
    searching,
    visit,
    won_by_anna,
    won_by_clinic,
)
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


def log(*dids: str) -> list[Activity]:
    """A line for each word; a name after a colon is the doctor it speaks of."""
    told = [one.partition(":") for one in dids]
    return [
        Activity(
            record_id="v1", number=number, at=NOW, by_role="system", by_user="", did=did,
            details={"doctor_id": who} if who else {},
        )
        for number, (did, _, who) in enumerate(told, 1)
    ]  # fmt: skip


def found(record: Visit, *dids: str) -> tuple[str, ...]:
    """In a visit whose log is whole."""
    return broken(record.but(version=len(dids)), log(*dids), NOW)


ASKED = ("requested", "search_started", f"doctor_asked:{ANNA}")
BOOKED = (*ASKED, "booked")
DELIVERED = OfferStatus.DELIVERED
GAVE_BACK = offer(PIOTR, OfferStatus.WITHDRAWN)


def taken_outside() -> Visit:
    """By somebody of whom we know no more than a name."""
    won = won_by_anna()
    assert won.winner is not None
    return won.but(cascade=None, winner=won.winner.but(channel=Channel.OUTSIDE, doctor_id="", offer_id=""))


def ended(status: VisitStatus) -> Visit:
    return won_by_anna().but(status=status)


def holding(mine: Offer, status: VisitStatus = VisitStatus.BOOKED) -> Visit:
    """Won by Anna, whose offer is in another state than it should be while she is to come."""
    return ended(status).but(cascade=cascade(mine, status="won", next_at=None))


def in_the_app(record: Visit) -> Visit:
    assert record.winner is not None
    return record.but(winner=record.winner.but(channel=Channel.APP))


def late(record: Visit, minutes: int) -> Visit:
    return record.but(due_at=NOW - minutes * MINUTE)


def handed_back(record: Visit) -> Visit:
    assert record.outside is not None
    return record.but(outside=record.outside.but(closed_at=NOW))


@pytest.mark.parametrize(
    ("record", "dids"),
    [
        (visit(), ("requested",)),
        (searching(offer(ANNA, DELIVERED)), ASKED),
        (late(searching(offer(ANNA, DELIVERED)), 5), ASKED),
        (asking_clinic(), ("requested", "clinic_asked")),
        (won_by_anna(GAVE_BACK), BOOKED),
        (in_the_app(won_by_anna()), BOOKED),
        (won_by_clinic(), ("requested", "booked")),
        (taken_outside(), BOOKED),
        (ended(VisitStatus.COMPLETED), (*BOOKED, "completed")),
        (ended(VisitStatus.NO_SHOW), (*BOOKED, "no_show")),
        (ended(VisitStatus.CANCELLED), (*BOOKED, "cancelled")),
        (holding(offer(ANNA, OfferStatus.WITHDRAWN), VisitStatus.CANCELLED), (*BOOKED, "cancelled")),
        (visit(VisitStatus.CANCELLED), ("requested", "cancelled")),
        (searched_outside(offer(ANNA, OfferStatus.EXPIRED)), (*ASKED, "search_exhausted")),
        (visit(VisitStatus.CLOSED_UNFILLED), (*ASKED, "search_exhausted", "closed_unfilled")),
        (won_by_anna(), (*BOOKED, "winner_withdrew", "doctor_asked:d-piotr", "booked")),
        (won_by_anna(), (*BOOKED, "rescheduled", *ASKED[1:], "booked")),
        (won_by_anna(), (*BOOKED, "winner_withdrew", f"doctor_asked:{ANNA}", "booked")),
        (won_by_anna(), (*BOOKED, "no_show", "booked")),
    ],
)
def test_what_goes_well_breaks_nothing(record: Visit, dids: tuple[str, ...]) -> None:
    assert found(record, *dids) == ()


@pytest.mark.parametrize(
    ("record", "dids", "said"),
    [
        (
            searching().but(winner=won_by_anna().winner),
            ASKED,
            "has_one_winner_at_most: offering with a winner",
        ),
        (
            won_by_clinic().but(winner=None),
            ("requested", "booked"),
            "has_one_winner_at_most: booked without a winner",
        ),
        (
            ended(VisitStatus.NO_SHOW).but(winner=None),
            BOOKED,
            "has_one_winner_at_most: no_show without a winner",
        ),
        (
            ended(VisitStatus.COMPLETED).but(cascade=won_by_anna(offer(PIOTR, OfferStatus.ACCEPTED)).cascade),
            BOOKED,
            "has_one_winner_at_most: accepted offers: offer-v1-1-d-anna, offer-v1-1-d-piotr",
        ),
        (
            holding(offer(ANNA, OfferStatus.LOST)),
            BOOKED,
            "has_one_winner_at_most: won by offer-v1-1-d-anna, accepted []",
        ),
        (
            in_the_app(holding(offer(ANNA, OfferStatus.LOST))),
            BOOKED,
            "has_one_winner_at_most: won by offer-v1-1-d-anna, accepted []",
        ),
        (
            won_by_anna(),
            (*BOOKED, "text_sent", "booked"),
            "has_one_winner_at_most: booked again in line 6",
        ),
        (
            searching(),
            (*ASKED, f"doctor_asked:{PIOTR}", f"doctor_asked:{ANNA}"),
            "asks_nobody_twice: d-anna was asked 2 times",
        ),
        (
            won_by_anna(),
            (*BOOKED, "completed", "text_sent", f"doctor_asked:{PIOTR}"),
            "asks_nobody_twice: asked in line 7, after the end",
        ),
        (
            ended(VisitStatus.CANCELLED),
            (*BOOKED, "cancelled", "text_sent", f"doctor_asked:{PIOTR}"),
            "asks_nobody_twice: asked in line 7, after the end",
        ),
        (searching(status="exhausted"), ASKED, "is_looked_after: searching without a search"),
        (searching().but(cascade=None), ASKED, "is_looked_after: searching without a search"),
        (searching().but(due_at=None), ASKED, "is_looked_after: nobody looks at it again"),
        (asking_clinic().but(due_at=None), ASKED, "is_looked_after: nobody looks at it again"),
        (late(searching(), 180), ASKED, "is_looked_after: should have been looked at 180 minutes ago"),
        (late(asking_clinic(), 6), ASKED, "is_looked_after: should have been looked at 6 minutes ago"),
        (searched_outside().but(outside=None), ASKED, "is_looked_after: people search, and nobody owns it"),
        (handed_back(searched_outside()), ASKED, "is_looked_after: people search, and nobody owns it"),
        (
            searched_outside(offer(ANNA, DELIVERED), offer(PIOTR, OfferStatus.SENT)),
            ASKED,
            "leaves_no_offer_open: outside, open offers: offer-v1-1-d-anna, offer-v1-1-d-piotr",
        ),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_each_promise_says_what_is_wrong(record: Visit, dids: tuple[str, ...], said: str) -> None:
    assert found(record, *dids) == (said,)


@pytest.mark.parametrize(
    ("version", "numbers", "said"),
    [
        (3, [1, 2], "version 3, lines [1]..[2], 2 in all"),
        (3, [1, 3, 4], "version 3, lines [1]..[4], 3 in all"),
        (2, [1, 2, 3], "version 2, lines [1]..[3], 3 in all"),
        (1, [], "version 1, lines []..[], 0 in all"),
    ],
)
def test_a_log_that_is_not_whole_is_told_by_its_ends(version: int, numbers: list[int], said: str) -> None:
    lines = [log("note_added")[0].but(number=one) for one in numbers]
    assert broken(visit(version=version), lines, NOW) == (f"has_a_whole_log: {said}",)
