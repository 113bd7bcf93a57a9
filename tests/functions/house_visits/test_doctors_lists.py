"""A doctor's own lists: what they can take now, where they are expected; nobody else's, and no address."""

from datetime import timedelta

from functions.house_visits.accept_offer import AcceptOffer, accept_offer
from functions.house_visits.cancel_visit import CancelVisit, cancel_visit
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.list_assigned_visits import ListAssignedVisits, list_assigned_visits
from functions.house_visits.list_my_offers import ListMyOffers, list_my_offers
from functions.house_visits.start_cascade import start_cascade
from tests.people import ANNA, HOME, PIOTR, as_doctor
from tests.world import World


def offered_to(world: World, doctor_id: str) -> list[str]:
    found = world.call(list_my_offers, ListMyOffers(), as_=as_doctor(doctor_id))
    assert HOME.line not in found.model_dump_json()
    return [row.visit_id for row in found.offers]


def assigned_to(world: World, doctor_id: str) -> list[str]:
    found = world.call(list_assigned_visits, ListAssignedVisits(), as_=as_doctor(doctor_id))
    assert HOME.line not in found.model_dump_json()
    return [row.visit_id for row in found.visits]


def test_an_open_offer_is_listed_until_somebody_takes_it(staffed: World, visit_id: str) -> None:
    staffed.call(start_cascade, PlanRequest(visit_id=visit_id, doctor_ids=(ANNA, PIOTR)))
    staffed.advance(timedelta(minutes=10))
    assert (offered_to(staffed, ANNA), offered_to(staffed, PIOTR)) == ([visit_id], [visit_id])
    staffed.call(accept_offer, AcceptOffer(visit_id=visit_id), as_=as_doctor(PIOTR))
    assert (offered_to(staffed, ANNA), offered_to(staffed, PIOTR)) == ([], [])
    assert (assigned_to(staffed, ANNA), assigned_to(staffed, PIOTR)) == ([], [visit_id])


def test_who_has_not_been_asked_yet_sees_no_offer(staffed: World, visit_id: str) -> None:
    staffed.call(start_cascade, PlanRequest(visit_id=visit_id, doctor_ids=(ANNA, PIOTR)))
    staffed.settle()
    assert offered_to(staffed, PIOTR) == []


def test_a_visit_that_is_off_leaves_the_list(staffed: World, visit_id: str) -> None:
    staffed.call(start_cascade, PlanRequest(visit_id=visit_id, doctor_ids=(ANNA,)))
    staffed.settle()
    staffed.call(accept_offer, AcceptOffer(visit_id=visit_id), as_=as_doctor(ANNA))
    staffed.call(cancel_visit, CancelVisit(visit_id=visit_id, reason="patient_asked"))
    assert assigned_to(staffed, ANNA) == []
