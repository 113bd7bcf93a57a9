"""A clinic changes its mind: what it says is believed once, in any order, and the patient hears of it."""

import json
from datetime import timedelta

import pytest

from functions.house_visits.book_visit import BookVisit, book_visit
from functions.house_visits.cancel_visit import CancelVisit, cancel_visit
from functions.house_visits.domain.clinic_letters import CancelAtClinic, CheckBooking
from functions.house_visits.domain.clinic_news import CHECKS_MAX
from functions.house_visits.domain.visit import Visit, VisitStatus
from functions.house_visits.hear_clinic import hear_clinic
from shared.adapters.clinic_signature import HEADER, sign
from shared.contracts.clinic_booking import BookingState
from shared.runtime.entry import answer_to
from shared.runtime.incoming import Incoming
from tests.clinic_twin import MemoryClinics, Trouble
from tests.functions.house_visits.clinics_around import clinic, settle_in
from tests.functions.house_visits.repeating import comes_again
from tests.people import AFTERNOON
from tests.world import World

THREE = AFTERNOON.starts_at + timedelta(hours=1)
PATIENT = "+48512000099"


@pytest.fixture
def clinics(staffed: World) -> MemoryClinics:
    twin = MemoryClinics(staffed.clock)
    staffed.wiring.__dict__["clinics"] = twin
    settle_in(staffed, clinic("near", 3))
    twin.has_slot("near", THREE)
    return twin


@pytest.fixture
def booked(staffed: World, visit_id: str, clinics: MemoryClinics) -> Visit:
    staffed.call(book_visit, BookVisit(visit_id=visit_id))
    staffed.settle()
    return staffed.record(Visit, visit_id)


def key_of(visit: Visit) -> str:
    assert visit.clinic_request is not None
    return visit.clinic_request.key


def hears(world: World, key: str, event: str, event_id: str = "", clinic_id: str = "near") -> int:
    """The clinic's webhook, signed; its status."""
    now = world.clock.now()
    said = {
        "event_id": event_id or f"{event}/{now}",
        "clinic_id": clinic_id,
        "booking_key": key,
        "event": event,
        "occurred_at": now.isoformat(),
    }
    body = json.dumps(said).encode()
    secret = world.settings.clinic_webhook_secrets[0]
    action = hear_clinic.declaration  # type: ignore[attr-defined]  # every action carries one
    answer = answer_to(
        action, Incoming("POST", action.path, "", {HEADER: sign(secret, body, now)}, body), world.wiring
    )
    world.settle()
    return answer.status


def test_a_cancelled_booking_opens_the_visit_again_and_the_patient_is_told(
    staffed: World, booked: Visit, clinics: MemoryClinics
) -> None:
    clinics.ends(key_of(booked), BookingState.CANCELLED)
    assert hears(staffed, key_of(booked), "cancelled") == 200
    visit = staffed.record(Visit, booked.id)
    assert (visit.status, visit.winner, visit.attention) == (VisitStatus.REQUESTED, None, "winner_withdrew")
    assert "Szukamy innego" in staffed.texts_to(PATIENT)[-1]


def test_a_message_that_comes_twice_is_acted_upon_once(
    staffed: World, booked: Visit, clinics: MemoryClinics
) -> None:
    clinics.ends(key_of(booked), BookingState.CANCELLED)
    for _ in range(2):
        assert hears(staffed, key_of(booked), "cancelled", event_id="e/1") == 200
    assert staffed.log_of(staffed.record(Visit, booked.id)).count("winner_withdrew") == 1


def test_moved_within_the_window_the_patient_hears_the_new_hour(
    staffed: World, booked: Visit, clinics: MemoryClinics
) -> None:
    clinics.moves(key_of(booked), THREE + timedelta(hours=1))
    hears(staffed, key_of(booked), "moved")
    visit = staffed.record(Visit, booked.id)
    assert visit.status == VisitStatus.BOOKED
    assert visit.span.starts_at == THREE + timedelta(hours=1)
    assert "nowy termin wizyty domowej: wt. 24.11 16:00-16:30" in staffed.texts_to(PATIENT)[-1]


def test_moved_out_of_the_window_the_booking_is_given_back(
    staffed: World, booked: Visit, clinics: MemoryClinics
) -> None:
    clinics.moves(key_of(booked), AFTERNOON.ends_at)
    hears(staffed, key_of(booked), "moved")
    assert staffed.record(Visit, booked.id).status == VisitStatus.REQUESTED
    assert clinics.live() == []


def test_in_the_wrong_order_the_end_is_the_same(
    staffed: World, booked: Visit, clinics: MemoryClinics
) -> None:
    clinics.ends(key_of(booked), BookingState.CANCELLED)
    hears(staffed, key_of(booked), "cancelled")
    assert hears(staffed, key_of(booked), "moved") == 200
    assert staffed.record(Visit, booked.id).status == VisitStatus.REQUESTED


def test_nobody_was_at_home_is_a_matter_for_a_person(
    staffed: World, booked: Visit, clinics: MemoryClinics
) -> None:
    clinics.ends(key_of(booked), BookingState.NO_SHOW)
    hears(staffed, key_of(booked), "no_show")
    visit = staffed.record(Visit, booked.id)
    assert (visit.status, visit.attention) == (VisitStatus.NO_SHOW, "patient_was_not_there")
    assert "nikogo nie zastal" in staffed.texts_to(PATIENT)[-1]


@pytest.mark.parametrize("key", ["nothing", "no-visit-1-1", "a_b"])
def test_an_unknown_key_is_accepted_and_changes_nothing(
    staffed: World, booked: Visit, clinics: MemoryClinics, key: str
) -> None:
    assert hears(staffed, key, "cancelled") == 200
    assert staffed.record(Visit, booked.id) == booked


def test_a_clinic_cannot_end_the_booking_of_another(
    staffed: World, booked: Visit, clinics: MemoryClinics
) -> None:
    assert hears(staffed, key_of(booked), "cancelled", clinic_id="rival") == 200
    assert staffed.record(Visit, booked.id) == booked


def test_without_the_right_signature_nobody_is_heard(staffed: World, booked: Visit) -> None:
    action = hear_clinic.declaration  # type: ignore[attr-defined]  # every action carries one
    body = json.dumps({"event_id": "1"}).encode()
    header = {HEADER: sign("another-secret", body, staffed.clock.now())}
    assert answer_to(action, Incoming("POST", action.path, "", header, body), staffed.wiring).status == 401


def test_a_cancellation_that_overtakes_the_booking_itself_is_not_lost(
    staffed: World, visit_id: str, clinics: MemoryClinics
) -> None:
    def clinic_cancels() -> None:
        key = key_of(staffed.record(Visit, visit_id))
        clinics.ends(key, BookingState.CANCELLED)
        hears(staffed, key, "cancelled")

    clinics.meanwhile["book"] = clinic_cancels
    staffed.call(book_visit, BookVisit(visit_id=visit_id))
    staffed.settle()
    assert staffed.record(Visit, visit_id).status == VisitStatus.BOOKED
    staffed.advance(timedelta(minutes=1))
    assert staffed.record(Visit, visit_id).status == VisitStatus.REQUESTED


def test_a_clinic_that_says_something_and_falls_silent_is_asked_until_it_answers(
    staffed: World, booked: Visit, clinics: MemoryClinics
) -> None:
    clinics.moves(key_of(booked), THREE + timedelta(hours=1))
    clinics.silent.add("near")
    hears(staffed, key_of(booked), "moved")
    staffed.advance(timedelta(minutes=10))
    clinics.silent.clear()
    staffed.advance(timedelta(minutes=10))
    assert staffed.record(Visit, booked.id).span.starts_at == THREE + timedelta(hours=1)


def test_in_the_end_a_person_asks(staffed: World, booked: Visit, clinics: MemoryClinics) -> None:
    clinics.silent.add("near")
    message = CheckBooking(visit_id=booked.id, key=key_of(booked), cause="c", tries=CHECKS_MAX)
    comes_again(staffed, message)
    assert staffed.record(Visit, booked.id).attention == "clinic_does_not_answer"


def test_a_cancelled_visit_is_given_back_to_the_clinic(
    staffed: World, booked: Visit, clinics: MemoryClinics
) -> None:
    clinics.will("near", "cancel", Trouble.SILENT_BEFORE)
    staffed.call(cancel_visit, CancelVisit(visit_id=booked.id, reason="patient_asked"))
    staffed.settle()
    assert clinics.live() == ["near"]
    staffed.advance(timedelta(minutes=2))
    assert clinics.live() == []


def test_a_visit_cancelled_while_the_clinic_still_books_leaves_nothing_behind(
    staffed: World, visit_id: str, clinics: MemoryClinics
) -> None:
    def operator_cancels() -> None:
        staffed.call(cancel_visit, CancelVisit(visit_id=visit_id, reason="duplicate"))
        staffed.settle()

    clinics.meanwhile["book"] = operator_cancels
    staffed.call(book_visit, BookVisit(visit_id=visit_id))
    staffed.settle()
    assert staffed.record(Visit, visit_id).status == VisitStatus.CANCELLED
    assert clinics.live() == []


def test_a_clinic_that_keeps_what_it_should_give_back_is_brought_to_a_person_once(
    staffed: World, booked: Visit, clinics: MemoryClinics
) -> None:
    clinics.silent.add("near")
    staffed.call(cancel_visit, CancelVisit(visit_id=booked.id, reason="patient_asked"))
    staffed.advance(timedelta(hours=3))
    visit = staffed.record(Visit, booked.id)
    assert (visit.status, visit.attention) == (VisitStatus.CANCELLED, "clinic_not_released")
    assert staffed.log_of(visit).count("clinic_not_released") == 1
    clinics.silent.clear()
    staffed.advance(timedelta(hours=1))
    assert clinics.live() == []
    again = CancelAtClinic(visit_id=visit.id, clinic_id="near", key=key_of(booked))
    comes_again(staffed, again)
    assert staffed.record(Visit, visit.id) == visit
