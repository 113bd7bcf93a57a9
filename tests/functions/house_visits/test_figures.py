"""Numbers about searches: each booking, whoever comes, each doctor who is asked, each reply and each text."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from functions.house_visits.accept_offer import AcceptOffer, accept_offer
from functions.house_visits.book_visit import BookVisit, book_visit
from functions.house_visits.domain.figures import STEPS_MAX, of_a_booking, of_an_ask
from functions.house_visits.domain.offer import OfferStatus
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.visit import Channel, Visit, Winner
from functions.house_visits.record_outside_booking import (
    RecordOutsideBooking,
    Somebody,
    record_outside_booking,
)
from functions.house_visits.start_cascade import start_cascade
from shared.runtime.settings import Settings
from tests.clinic_twin import MemoryClinics
from tests.functions.house_visits.clinics_around import clinic, settle_in
from tests.functions.house_visits.domain.a_visit import (
    MINUTE,
    NOW,
    cascade,
    offer,
    searched_outside,
    searching,
    won_by_anna,
)
from tests.log_lines import figures
from tests.people import AFTERNOON, ANNA, EWA, PHONES, PIOTR, as_doctor
from tests.world import World

TEN_MINUTES = timedelta(minutes=10)
PRICES = Path(__file__).parents[3] / "infra" / "capacity" / "prices.json"


def searched(world: World, visit_id: str) -> None:
    world.call(start_cascade, PlanRequest(visit_id=visit_id, doctor_ids=(ANNA, PIOTR), intervals=(10,)))
    world.settle()
    world.advance(TEN_MINUTES)


def test_a_yes_by_text_says_how_long_it_took_and_at_which_step(
    staffed: World, visit_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    searched(staffed, visit_id)
    staffed.text_from(PHONES[PIOTR], "tak")
    staffed.settle()
    said = capsys.readouterr().out
    assert figures(said, "minutes_to_fill") == figures(said, "minutes_to_fill_sms") == [10.0]
    assert (figures(said, "winning_step"), figures(said, "offers_asked")) == ([2], [2])
    assert figures(said, "replies") == figures(said, "replies_bound") == [1]


def test_each_step_is_counted_when_it_asks_and_when_its_doctor_takes_the_visit(
    staffed: World, visit_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    searched(staffed, visit_id)
    staffed.text_from(PHONES[PIOTR], "tak")
    staffed.settle()
    said = capsys.readouterr().out
    assert (figures(said, "asked_at_step_1"), figures(said, "asked_at_step_2")) == ([1], [1])
    assert (figures(said, "accepted_at_step_1"), figures(said, "accepted_at_step_2")) == ([], [1])


def test_a_yes_in_the_app_is_counted_the_same_and_once(
    staffed: World, visit_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    searched(staffed, visit_id)
    staffed.call(accept_offer, AcceptOffer(visit_id=visit_id), as_=as_doctor(ANNA), key="once-and-again")
    staffed.call(accept_offer, AcceptOffer(visit_id=visit_id), as_=as_doctor(ANNA), key="once-and-again")
    said = capsys.readouterr().out
    assert (figures(said, "winning_step"), figures(said, "minutes_to_fill_app")) == ([1], [10.0])
    assert figures(said, "accepted_at_step_1") == [1]


def test_a_clinic_that_books_is_counted(
    staffed: World, visit_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    clinics = MemoryClinics(staffed.clock)
    staffed.wiring.__dict__["clinics"] = clinics
    settle_in(staffed, clinic("near", 3))
    clinics.has_slot("near", AFTERNOON.starts_at + timedelta(hours=1))
    staffed.call(book_visit, BookVisit(visit_id=visit_id))
    staffed.settle()
    said = capsys.readouterr().out
    assert len(figures(said, "minutes_to_fill_clinic")) == len(figures(said, "minutes_to_fill")) == 1
    assert (figures(said, "winning_step"), figures(said, "offers_asked")) == ([0], [0])


def test_who_is_found_by_phone_is_counted_and_has_accepted_at_no_step(
    staffed: World, visit_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    searched(staffed, visit_id)
    found = Somebody(kind="somebody", name="dr Halina Wójcik", phone="+48600000001")
    staffed.call(record_outside_booking, RecordOutsideBooking(visit_id=visit_id, outcome=found))
    said = capsys.readouterr().out
    assert figures(said, "minutes_to_fill_outside") == [10.0]
    assert figures(said, "accepted_at_step_1") + figures(said, "accepted_at_step_2") == []


def test_a_reply_that_nobody_understands_goes_to_the_operator_or_is_asked_back(
    staffed: World, visit_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    searched(staffed, visit_id)
    staffed.text_from(PHONES[ANNA], "może jutro po południu, zależy od ruchu")
    staffed.settle()
    said = capsys.readouterr().out
    assert figures(said, "replies_to_operator") + figures(said, "replies_asked_back") == [1]
    assert figures(said, "minutes_to_fill") == []


def test_each_text_says_what_it_costs_and_whose_it_is(
    staffed: World, visit_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    searched(staffed, visit_id)
    said = capsys.readouterr().out
    segments = figures(said, "segments")
    assert len(segments) == len(staffed.phones.sent)
    assert figures(said, "segments_of_house_visits") == segments
    assert figures(said, "cents_of_house_visits") == [round(one * 4.6, 3) for one in segments]


def test_a_segment_costs_what_the_price_list_says() -> None:
    prices = json.loads(PRICES.read_text())
    cents = 100 * prices["text_segment"]["price"] * prices["eur_per_usd"]["price"]
    assert Settings().segment_cents == pytest.approx(cents)


def test_the_last_step_stands_for_all_that_follow() -> None:
    many = tuple(
        offer(PIOTR, OfferStatus.DECLINED).but(id=f"o-{one}", doctor_id=f"d-{one}")
        for one in range(STEPS_MAX + 2)
    )
    assert of_an_ask(searching(*many)) == {f"asked_at_step_{STEPS_MAX}": 1}
    assert of_an_ask(searching(offer(ANNA, OfferStatus.SENDING), offer(EWA))) == {"asked_at_step_1": 1}
    late = won_by_anna().but(cascade=cascade(*many, offer(ANNA, OfferStatus.ACCEPTED, asked_at=NOW)))
    assert of_a_booking(late)[f"accepted_at_step_{STEPS_MAX}"] == 1


@pytest.mark.parametrize(
    ("won", "expected"),
    [
        (won_by_anna(), (50.0, 1, 1)),
        (won_by_anna(offer(PIOTR, OfferStatus.DECLINED, asked_at=NOW - 30 * MINUTE)), (50.0, 2, 2)),
        (
            searched_outside(offer(ANNA, OfferStatus.EXPIRED)).but(
                winner=Winner(channel=Channel.OUTSIDE, won_at=NOW + timedelta(seconds=74))
            ),
            (61.2, 0, 1),
        ),
    ],
    ids=["the first", "the second", "nobody who was asked"],
)
def test_a_booking_is_counted_at_the_step_of_who_comes(won: Visit, expected: tuple[float, int, int]) -> None:
    counted = of_a_booking(won)
    assert (counted["minutes_to_fill"], counted["winning_step"], counted["offers_asked"]) == expected
