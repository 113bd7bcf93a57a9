"""Small visits with small logs: what each promise says of what is wrong."""

import pytest

from functions.house_visits.domain.offer import Offer, OfferStatus
from functions.house_visits.domain.promises import broken
from functions.house_visits.domain.visit import Channel, Visit, VisitStatus
from shared.kernel.records import Activity
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
from tests.people import ANNA, PIOTR


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


def test_a_text_that_was_heard_twice_is_said() -> None:
    lines = [one.but(details={"text_id": text}) for one, text in zip(log("a", "b", "c"), "xyx", strict=True)]
    assert broken(visit(version=3), lines, NOW) == ("hears_a_text_once: x in 2 lines",)
    assert broken(visit(version=2), lines[:2], NOW) == ()
