"""Clinics over the real wire: followed, found, and booked once, whatever answer is lost."""

import json
from datetime import time, timedelta

import pytest

from functions.directory.sync_directory import sync_directory
from functions.house_visits.book_visit import BookVisit, book_visit
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.visit import Visit, VisitStatus
from functions.house_visits.find_candidates import FindCandidates, find_candidates
from functions.house_visits.request_visit import RequestVisit, request_visit
from functions.house_visits.start_cascade import start_cascade
from shared.kernel.states import NotPossibleNow
from shared.kernel.times import PreferredWindow
from tests.emulator_world import EmulatorWorld
from tests.people import ANNA, HOME
from tests.world import World

pytestmark = [pytest.mark.emulator, pytest.mark.parametrize("world", ["emulator"], indirect=True)]
SLOW_CALLS = timedelta(minutes=20)
WHY = "the patient knows them"


@pytest.fixture
def followed(staffed: World) -> EmulatorWorld:
    """The customer's directory has been followed to its end, and the clinics can be found."""
    assert isinstance(staffed, EmulatorWorld)
    staffed.tick(sync_directory)
    staffed.advance(timedelta(minutes=5))
    return staffed


@pytest.fixture
def near_a_clinic(followed: EmulatorWorld) -> tuple[str, str]:
    """A visit, and the nearest integrated clinic that has a free slot for it."""
    window = PreferredWindow(
        day=(followed.clock.now() + timedelta(days=1)).date(), begins=time(9), ends=time(16)
    )
    wanted = RequestVisit(patient_id="p-1", address=HOME, window=window, specialization="family_medicine")
    visit_id = followed.call(request_visit, wanted).visit_id
    found = followed.call(find_candidates, FindCandidates(visit_id=visit_id))
    integrated = [one.clinic_id for one in found.clinics if one.integrated]
    visit = followed.record(Visit, visit_id)
    for clinic_id in integrated:
        span = (visit.window.starts_at, visit.window.ends_at)
        if followed.wiring.clinics.find_slots(clinic_id, visit.specialization, *span):
            return visit_id, clinic_id
    raise AssertionError("no clinic near Warsaw has a slot")


def fault(world: EmulatorWorld, clinic_id: str, operation: str, mode: str, times: int = 1) -> None:
    body = json.dumps({"clinic_id": clinic_id, "operation": operation, "mode": mode, "times": times})
    answer = world.cloud.http.request("POST", f"{world.cloud.customer.url}/_fault", body=body)
    assert answer.status == 200, answer.data


def booked_there(world: EmulatorWorld) -> list[str]:
    told = world.cloud.http.request("GET", f"{world.cloud.customer.url}/_bookings").json()["bookings"]
    return [one["key"] for one in told if one["status"] == "booked"]


def test_the_nearest_come_first_and_none_is_farther_than_fifty_kilometres(
    followed: EmulatorWorld, visit_id: str
) -> None:
    found = followed.call(find_candidates, FindCandidates(visit_id=visit_id))
    distances = [one.distance_km for one in found.clinics]
    assert distances
    assert distances == sorted(distances)
    assert distances[-1] <= 50


def test_an_integrated_clinic_is_booked_by_itself(
    followed: EmulatorWorld, near_a_clinic: tuple[str, str]
) -> None:
    visit_id, clinic_id = near_a_clinic
    followed.call(
        book_visit, BookVisit(visit_id=visit_id, clinic_id=clinic_id, reason="known to the patient")
    )
    followed.settle()
    visit = followed.record(Visit, visit_id)
    assert visit.status == VisitStatus.BOOKED
    assert visit.winner is not None
    assert visit.winner.clinic_id == clinic_id
    assert len(booked_there(followed)) == 1


def test_a_clinic_that_hangs_after_it_booked_is_asked_by_our_key_and_booked_once(
    followed: EmulatorWorld, near_a_clinic: tuple[str, str]
) -> None:
    visit_id, clinic_id = near_a_clinic
    fault(followed, clinic_id, "book", "timeout_after_success")
    followed.call(
        book_visit, BookVisit(visit_id=visit_id, clinic_id=clinic_id, reason="known to the patient")
    )
    followed.settle()
    assert followed.record(Visit, visit_id).status == VisitStatus.UNKNOWN_OUTCOME
    with pytest.raises(NotPossibleNow):
        followed.call(start_cascade, PlanRequest(visit_id=visit_id, doctor_ids=(ANNA,)))
    followed.advance(SLOW_CALLS)
    assert followed.record(Visit, visit_id).status == VisitStatus.BOOKED
    assert len(booked_there(followed)) == 1


def test_a_clinic_that_cancels_sets_the_visit_free_and_the_patient_is_told(
    followed: EmulatorWorld, near_a_clinic: tuple[str, str]
) -> None:
    visit_id, clinic_id = near_a_clinic
    followed.call(
        book_visit, BookVisit(visit_id=visit_id, clinic_id=clinic_id, reason="known to the patient")
    )
    followed.settle()
    (key,) = booked_there(followed)
    event = json.dumps({"clinic_id": clinic_id, "booking_key": key, "event": "cancelled"})
    answer = followed.cloud.http.request("POST", f"{followed.cloud.customer.url}/_event", body=event)
    assert answer.status == 200, answer.data
    followed.advance(timedelta(minutes=5))
    visit = followed.record(Visit, visit_id)
    assert visit.status == VisitStatus.REQUESTED
    assert visit.winner is None
    assert visit.attention
