"""The heart of the system: doctors are asked one after another, and the first yes wins."""

from datetime import timedelta

import pytest

from functions.house_visits.accept_offer import AcceptOffer, accept_offer
from functions.house_visits.cancel_visit import CancelVisit, cancel_visit
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.visit import Visit, VisitStatus
from functions.house_visits.domain.winning import AlreadyTaken
from functions.house_visits.request_visit import RequestVisit, request_visit
from functions.house_visits.start_cascade import start_cascade
from functions.house_visits.withdraw_from_visit import WithdrawFromVisit, withdraw_from_visit
from functions.messaging.reconcile_inbox import reconcile_inbox
from tests.people import AFTERNOON, ANNA, EWA, HOME, PHONES, PIOTR, as_doctor, patient
from tests.world import World

TEN_MINUTES = timedelta(minutes=10)


def start(world: World, visit_id: str, *doctors: str, minutes: int = 10) -> None:
    world.call(start_cascade, PlanRequest(visit_id=visit_id, doctor_ids=doctors, intervals=(minutes,)))
    world.settle()


def texts(world: World, doctor_id: str) -> list[str]:
    """What we wrote to a doctor; carriers add texts of their own."""
    return [one for one in world.texts_to(PHONES[doctor_id]) if one.startswith("Visita")]


def says(world: World, doctor_id: str, body: str) -> None:
    world.text_from(PHONES[doctor_id], body)
    world.settle()


def test_doctors_are_asked_one_after_another(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA, PIOTR)
    assert len(texts(staffed, ANNA)) == 1
    assert not texts(staffed, PIOTR)
    staffed.advance(TEN_MINUTES)
    assert len(texts(staffed, PIOTR)) == 1
    assert len(texts(staffed, ANNA)) == 1


def test_the_first_yes_wins_and_the_others_are_told(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA, PIOTR, EWA)
    staffed.advance(TEN_MINUTES)
    says(staffed, PIOTR, "Tak")
    visit = staffed.record(Visit, visit_id)
    assert visit.status == VisitStatus.BOOKED
    assert visit.is_won_by(PIOTR)
    assert "jest Twoja" in texts(staffed, PIOTR)[-1]
    assert "obsadzona" in texts(staffed, ANNA)[-1]
    staffed.advance(timedelta(hours=3))
    assert not texts(staffed, EWA)


def test_a_late_yes_is_answered_once_and_changes_nothing(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA, PIOTR)
    staffed.advance(TEN_MINUTES)
    says(staffed, PIOTR, "tak")
    says(staffed, ANNA, "tak")
    assert staffed.record(Visit, visit_id).is_won_by(PIOTR)
    assert "ktoś inny" in texts(staffed, ANNA)[-1] or "ktos inny" in texts(staffed, ANNA)[-1]
    assert "yes_did_not_win" in staffed.log_of(staffed.record(Visit, visit_id))


def test_a_no_moves_the_search_on_at_once(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA, PIOTR)
    says(staffed, ANNA, "nie")
    assert len(texts(staffed, PIOTR)) == 1


def test_nobody_answers_and_people_search_on(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA, PIOTR)
    staffed.advance(timedelta(minutes=20))
    visit = staffed.record(Visit, visit_id)
    assert visit.status == VisitStatus.OUTSIDE
    assert visit.outside is not None
    says(staffed, ANNA, "tak")
    visit = staffed.record(Visit, visit_id)
    assert visit.status == VisitStatus.OUTSIDE
    assert visit.attention == "late_yes"


def test_two_open_offers_and_a_bare_yes_are_asked_back(staffed: World, visit_id: str) -> None:
    staffed.with_one_sender()
    staffed.given(patient("p-2"))
    other = RequestVisit(patient_id="p-2", address=HOME, window=AFTERNOON, specialization="internal_medicine")
    second = staffed.call(request_visit, other).visit_id
    start(staffed, visit_id, ANNA)
    start(staffed, second, ANNA)
    says(staffed, ANNA, "tak")
    assert staffed.record(Visit, visit_id).winner is None
    assert staffed.record(Visit, second).winner is None
    question = texts(staffed, ANNA)[-1]
    assert question.count("TAK") == 2
    code = staffed.record(Visit, second).cascade.offers[0].code  # type: ignore[union-attr]  # it was started
    says(staffed, ANNA, f"tak {code.lower()}")
    assert staffed.record(Visit, second).is_won_by(ANNA)


def test_stop_ends_the_offer_and_the_next_is_asked(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA, PIOTR)
    says(staffed, ANNA, "STOP")
    assert len(texts(staffed, PIOTR)) == 1
    assert len(texts(staffed, ANNA)) == 1


def test_a_number_that_refuses_costs_no_time(staffed: World, visit_id: str) -> None:
    staffed.refuses(PHONES[ANNA], 21614)
    start(staffed, visit_id, ANNA, PIOTR)
    assert len(texts(staffed, PIOTR)) == 1
    assert "offer_not_delivered" in staffed.log_of(staffed.record(Visit, visit_id))


def test_cancelling_tells_whoever_was_asked(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA, PIOTR)
    staffed.call(cancel_visit, CancelVisit(visit_id=visit_id, reason="patient_asked"))
    staffed.settle()
    assert "nie jest" in texts(staffed, ANNA)[-1]
    staffed.advance(timedelta(hours=1))
    assert not texts(staffed, PIOTR)
    says(staffed, ANNA, "tak")
    assert staffed.record(Visit, visit_id).status == VisitStatus.CANCELLED


def test_yes_in_the_app_races_with_yes_by_text(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA, PIOTR)
    staffed.advance(TEN_MINUTES)
    taken = staffed.call(accept_offer, AcceptOffer(visit_id=visit_id), as_=as_doctor(ANNA))
    assert taken.address == "ul. Kwiatowa 7/12"
    with pytest.raises(AlreadyTaken):
        staffed.call(accept_offer, AcceptOffer(visit_id=visit_id), as_=as_doctor(PIOTR))


def test_a_winner_who_cannot_come_sets_the_search_going_again(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA, PIOTR)
    says(staffed, ANNA, "tak")
    staffed.call(withdraw_from_visit, WithdrawFromVisit(visit_id=visit_id), as_=as_doctor(ANNA))
    staffed.settle()
    assert len(texts(staffed, PIOTR)) == 1
    assert staffed.record(Visit, visit_id).status == VisitStatus.OFFERING


def test_a_reply_whose_webhook_was_lost_is_found(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA, PIOTR)
    staffed.text_lost(PHONES[ANNA], "tak")
    staffed.tick(reconcile_inbox)
    assert staffed.record(Visit, visit_id).is_won_by(ANNA)
    staffed.tick(reconcile_inbox)
    assert staffed.log_of(staffed.record(Visit, visit_id)).count("booked") == 1
