"""Numbers about searches: said once for each booking and reply, and every minute about what stands still."""

import json
from datetime import timedelta
from typing import Any

import pytest

from functions.house_visits.accept_offer import AcceptOffer, accept_offer
from functions.house_visits.domain.figures import of_a_booking
from functions.house_visits.domain.offer import OfferStatus
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.visit import Channel, Visit, Winner
from functions.house_visits.report_figures import report_figures
from functions.house_visits.start_cascade import start_cascade
from tests.functions.house_visits.domain.a_visit import MINUTE, NOW, offer, searched_outside, won_by_anna
from tests.people import ANNA, PHONES, PIOTR, as_doctor
from tests.world import World

TEN_MINUTES = timedelta(minutes=10)


def figure(said: str, name: str) -> list[Any]:
    lines = [json.loads(one) for one in said.splitlines() if one.startswith("{")]
    return [one[name] for one in lines if one["message"] == "figures" and name in one]


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
    assert figure(said, "minutes_to_fill") == [10.0]
    assert (figure(said, "winning_step"), figure(said, "offers_asked")) == ([2], [2])
    assert figure(said, "replies_bound") == [1]


def test_a_yes_in_the_app_is_counted_the_same(
    staffed: World, visit_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    searched(staffed, visit_id)
    staffed.call(accept_offer, AcceptOffer(visit_id=visit_id), as_=as_doctor(ANNA), key="once-and-again")
    staffed.call(accept_offer, AcceptOffer(visit_id=visit_id), as_=as_doctor(ANNA), key="once-and-again")
    said = capsys.readouterr().out
    assert (figure(said, "winning_step"), figure(said, "minutes_to_fill")) == ([1], [10.0])


def test_a_reply_that_nobody_understands_goes_to_the_operator_or_is_asked_back(
    staffed: World, visit_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    searched(staffed, visit_id)
    staffed.text_from(PHONES[ANNA], "może jutro po południu, zależy od ruchu")
    staffed.settle()
    said = capsys.readouterr().out
    assert figure(said, "replies_to_operator") + figure(said, "replies_asked_back") == [1]
    assert figure(said, "minutes_to_fill") == []


def test_a_search_that_nothing_moves_is_stuck(
    staffed: World, visit_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    world = staffed
    world.call(start_cascade, PlanRequest(visit_id=visit_id, doctor_ids=(ANNA, PIOTR), intervals=(10,)))
    world.settle()
    world.tick(report_figures)
    assert figure(capsys.readouterr().out, "visits_stuck") == [0]
    world.set_clock(world.clock.now() + timedelta(minutes=25))  # no timer came, no sweeper ran
    assert world.deliver(report_figures.declaration).status == 200  # type: ignore[attr-defined]  # as above
    assert figure(capsys.readouterr().out, "visits_stuck") == [1]


@pytest.mark.parametrize(
    ("won", "figures"),
    [
        (won_by_anna(), {"minutes_to_fill": 50.0, "winning_step": 1, "offers_asked": 1}),
        (
            won_by_anna(offer(PIOTR, OfferStatus.DECLINED, asked_at=NOW - 30 * MINUTE)),
            {"minutes_to_fill": 50.0, "winning_step": 2, "offers_asked": 2},
        ),
        (
            searched_outside(offer(ANNA, OfferStatus.EXPIRED)).but(
                winner=Winner(channel=Channel.OUTSIDE, won_at=NOW + timedelta(seconds=74))
            ),
            {"minutes_to_fill": 61.2, "winning_step": 0, "offers_asked": 1},
        ),
    ],
    ids=["the first", "the second", "nobody who was asked"],
)
def test_a_booking_is_counted_at_the_step_of_who_comes(won: Visit, figures: dict[str, float]) -> None:
    assert of_a_booking(won) == figures
