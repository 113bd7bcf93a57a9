"""Booking in a clinic's own system: one booking or none, whatever gets lost on the way."""

from datetime import datetime, timedelta

import pytest

from functions.house_visits.book_visit import BookVisit, book_visit
from functions.house_visits.domain.clinic_booking import TRIES_MAX, NoClinicToBook
from functions.house_visits.domain.clinic_fit import CannotBeBooked, PlaceUnknown, ReasonWanted
from functions.house_visits.domain.clinic_letters import BookAtClinic, ResolveBooking, resolve_timer
from functions.house_visits.domain.clinic_settling import NothingToSettle, NotInWindow, StillAsking
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.visit import Channel, Visit, VisitStatus
from functions.house_visits.settle_booking import Booked, NotBooked, SettleBooking, settle_booking
from functions.house_visits.start_cascade import start_cascade
from functions.house_visits.sweep_cascades import sweep_cascades
from shared.contracts.clinic_booking import BookingState, RefusalReason
from shared.kernel.errors import NotFound
from shared.kernel.states import NotPossibleNow
from tests.clinic_twin import MemoryClinics, Trouble
from tests.functions.house_visits.clinics_around import clinic, settle_in
from tests.functions.house_visits.repeating import arrives, comes_again
from tests.people import AFTERNOON, ANNA
from tests.world import FOREIGN_OPERATOR, World

THREE = AFTERNOON.starts_at + timedelta(hours=1)
PATIENT = "+48512000099"


@pytest.fixture
def clinics(staffed: World) -> MemoryClinics:
    """Two clinics, each with a slot at three o'clock."""
    twin = MemoryClinics(staffed.clock)
    staffed.wiring.__dict__["clinics"] = twin
    settle_in(staffed, clinic("near", 3), clinic("next", 9))
    for clinic_id in ("near", "next"):
        twin.has_slot(clinic_id, THREE)
    return twin


def book(world: World, visit_id: str, **wanted: str) -> Visit:
    world.call(book_visit, BookVisit(visit_id=visit_id, **wanted))
    world.settle()
    return world.record(Visit, visit_id)


def booked_at(visit: Visit) -> tuple[str, datetime | None]:
    assert visit.winner is not None
    return visit.winner.clinic_id, visit.winner.starts_at


def test_the_nearest_clinic_is_booked_and_the_patient_told_the_hour(
    staffed: World, visit_id: str, clinics: MemoryClinics
) -> None:
    visit = book(staffed, visit_id)
    assert visit.status == VisitStatus.BOOKED
    assert booked_at(visit) == ("near", THREE)
    assert visit.winner is not None
    assert visit.winner.channel == Channel.CLINIC
    assert clinics.live() == ["near"]
    assert "15:00-15:30" in staffed.texts_to(PATIENT)[-1]


def test_a_full_clinic_is_passed_over(staffed: World, visit_id: str, clinics: MemoryClinics) -> None:
    clinics.slots["near"] = []
    assert booked_at(book(staffed, visit_id)) == ("next", THREE)


def test_a_clinic_that_cannot_be_reached_is_passed_over_at_once(
    staffed: World, visit_id: str, clinics: MemoryClinics
) -> None:
    clinics.unreachable.add("near")
    assert booked_at(book(staffed, visit_id)) == ("next", THREE)


def test_a_slot_that_was_just_taken_is_followed_by_the_next_one(
    staffed: World, visit_id: str, clinics: MemoryClinics
) -> None:
    later = clinics.has_slot("near", THREE + timedelta(hours=1))
    clinics.will("near", "hold", RefusalReason.SLOT_TAKEN)
    assert booked_at(book(staffed, visit_id)) == ("near", later.starts_at)


def test_where_no_clinic_books_the_visit_is_the_operators_again(
    staffed: World, visit_id: str, clinics: MemoryClinics
) -> None:
    for clinic_id in ("near", "next"):
        clinics.will(clinic_id, "book", RefusalReason.NOT_ADMITTED)
    visit = book(staffed, visit_id)
    assert (visit.status, visit.attention) == (VisitStatus.REQUESTED, "no_clinic_booked")
    assert clinics.live() == []
    staffed.call(start_cascade, PlanRequest(visit_id=visit_id, doctor_ids=(ANNA,)))


def test_a_second_round_asks_under_new_keys(staffed: World, visit_id: str, clinics: MemoryClinics) -> None:
    for clinic_id in ("near", "next"):
        clinics.will(clinic_id, "book", RefusalReason.NOT_ADMITTED)
    book(staffed, visit_id)
    assert booked_at(book(staffed, visit_id)) == ("near", THREE)


def test_a_booking_whose_answer_was_lost_is_found_by_its_key(
    staffed: World, visit_id: str, clinics: MemoryClinics
) -> None:
    clinics.will("near", "book", Trouble.SILENT_AFTER)
    assert book(staffed, visit_id).status == VisitStatus.UNKNOWN_OUTCOME
    staffed.advance(timedelta(minutes=1))
    visit = staffed.record(Visit, visit_id)
    assert booked_at(visit) == ("near", THREE)
    assert clinics.live() == ["near"]
    assert clinics.said.count("book near") == 1


def test_a_request_that_never_arrived_is_sealed_before_anybody_else_is_asked(
    staffed: World, visit_id: str, clinics: MemoryClinics
) -> None:
    clinics.will("near", "hold", Trouble.SILENT_BEFORE)
    book(staffed, visit_id)
    staffed.advance(timedelta(minutes=1))
    assert booked_at(staffed.record(Visit, visit_id)) == ("next", THREE)
    assert clinics.said.index("cancel near") < clinics.said.index("hold next")
    assert clinics.live() == ["next"]


def test_a_hold_whose_answer_was_lost_does_not_stay_behind(
    staffed: World, visit_id: str, clinics: MemoryClinics
) -> None:
    clinics.will("near", "hold", Trouble.SILENT_AFTER)
    book(staffed, visit_id)
    staffed.advance(timedelta(minutes=1))
    assert clinics.live() == ["next"]


def test_while_the_outcome_is_unknown_nothing_else_is_started(
    staffed: World, visit_id: str, clinics: MemoryClinics
) -> None:
    clinics.will("near", "book", Trouble.SILENT_AFTER)
    book(staffed, visit_id)
    with pytest.raises(NotPossibleNow):
        staffed.call(start_cascade, PlanRequest(visit_id=visit_id, doctor_ids=(ANNA,)))
    with pytest.raises(NotPossibleNow):
        staffed.call(book_visit, BookVisit(visit_id=visit_id, clinic_id="next"))


def test_a_clinic_that_stays_silent_is_brought_to_a_person_and_asked_on(
    staffed: World, visit_id: str, clinics: MemoryClinics
) -> None:
    clinics.will("near", "book", Trouble.SILENT_AFTER)
    book(staffed, visit_id)
    clinics.silent.add("near")
    staffed.advance(timedelta(minutes=20))
    visit = staffed.record(Visit, visit_id)
    assert (visit.status, visit.attention) == (VisitStatus.UNKNOWN_OUTCOME, "clinic_does_not_answer")
    clinics.silent.clear()
    staffed.advance(timedelta(minutes=20))
    visit = staffed.record(Visit, visit_id)
    assert (visit.status, visit.attention) == (VisitStatus.BOOKED, "")


def test_a_clinic_that_never_answers_is_not_asked_for_ever(
    staffed: World, visit_id: str, clinics: MemoryClinics
) -> None:
    clinics.will("near", "book", Trouble.SILENT_AFTER)
    book(staffed, visit_id)
    clinics.silent.add("near")
    staffed.advance(timedelta(hours=36))
    assert clinics.said.count("status near") == TRIES_MAX - 1
    assert staffed.record(Visit, visit_id).status == VisitStatus.UNKNOWN_OUTCOME


def test_another_time_is_kept_if_it_lies_in_the_window(
    staffed: World, visit_id: str, clinics: MemoryClinics
) -> None:
    clinics.will("near", "book", Trouble.OTHER_TIME)
    assert booked_at(book(staffed, visit_id)) == ("near", THREE + timedelta(hours=1))


def test_another_time_outside_the_window_is_cancelled_before_the_next_clinic_is_asked(
    staffed: World, visit_id: str, clinics: MemoryClinics
) -> None:
    last = AFTERNOON.ends_at - timedelta(minutes=30)
    clinics.slots["near"] = []
    clinics.has_slot("near", last)
    clinics.will("near", "book", Trouble.OTHER_TIME)
    assert booked_at(book(staffed, visit_id)) == ("next", THREE)
    assert clinics.live() == ["next"]


def test_a_booking_that_the_clinic_ended_meanwhile_is_no_booking(
    staffed: World, visit_id: str, clinics: MemoryClinics
) -> None:
    clinics.will("near", "book", Trouble.SILENT_AFTER)
    visit = book(staffed, visit_id)
    assert visit.clinic_request is not None
    clinics.ends(visit.clinic_request.key, BookingState.CANCELLED)
    staffed.advance(timedelta(minutes=1))
    assert booked_at(staffed.record(Visit, visit_id)) == ("next", THREE)


def test_tasks_that_come_again_change_nothing(staffed: World, visit_id: str, clinics: MemoryClinics) -> None:
    clinics.will("near", "book", Trouble.SILENT_AFTER)
    waiting = book(staffed, visit_id)
    request = waiting.clinic_request
    assert request is not None
    comes_again(staffed, BookAtClinic(visit_id=visit_id, key=request.key))
    comes_again(staffed, ResolveBooking(visit_id=visit_id, key=request.key, tries=request.tries - 1))
    assert staffed.record(Visit, visit_id) == waiting
    staffed.advance(timedelta(minutes=1))
    booked = staffed.record(Visit, visit_id)
    comes_again(staffed, BookAtClinic(visit_id=visit_id, key=request.key))
    comes_again(staffed, ResolveBooking(visit_id=visit_id, key=request.key, tries=request.tries))
    assert staffed.record(Visit, visit_id) == booked
    assert clinics.live() == ["near"]
    assert len(staffed.texts_to(PATIENT)) == 1


def test_a_task_that_dies_after_the_clinic_booked_books_nothing_else(
    staffed: World, visit_id: str, clinics: MemoryClinics
) -> None:
    """It dies between the clinic's yes and its own commit, and the queue sends it again."""

    def killed() -> None:
        raise SystemError

    key = staffed.call(book_visit, BookVisit(visit_id=visit_id)).visit_id + "-1-1"
    booking = BookAtClinic(visit_id=visit_id, key=key)
    clinics.meanwhile["book"] = killed
    assert [arrives(staffed, booking) for _ in ("choose", "book")] == [200, 500]
    assert clinics.live() == ["near"]
    comes_again(staffed, booking)
    staffed.advance(timedelta(minutes=2))
    assert booked_at(staffed.record(Visit, visit_id)) == ("near", THREE)
    assert clinics.live() == ["near"]


def test_a_task_that_is_lost_is_made_up_for_by_the_sweeper(
    staffed: World, visit_id: str, clinics: MemoryClinics
) -> None:
    staffed.call(book_visit, BookVisit(visit_id=visit_id))
    staffed.queue.pending.clear()
    staffed.advance(timedelta(minutes=5))
    staffed.tick(sweep_cascades)
    assert booked_at(staffed.record(Visit, visit_id)) == ("near", THREE)


def test_a_booking_that_is_sealed_while_it_is_answered_does_not_stand(
    staffed: World, visit_id: str, clinics: MemoryClinics
) -> None:
    """The sweeper took the booking task for dead, and it was only slow."""

    def sweeper_gives_up_on_it() -> None:
        clinics.will("near", "status", Trouble.SILENT_BEFORE)
        for _ in range(3):
            visit = staffed.record(Visit, visit_id)
            comes_again(staffed, resolve_timer(visit, staffed.clock.now()).message)

    clinics.meanwhile["hold"] = sweeper_gives_up_on_it
    book(staffed, visit_id)
    staffed.advance(timedelta(minutes=10))
    visit = staffed.record(Visit, visit_id)
    assert visit.status == VisitStatus.BOOKED
    assert clinics.live() == [booked_at(visit)[0]]


def test_a_click_that_comes_twice_asks_one_clinic_once(
    staffed: World, visit_id: str, clinics: MemoryClinics
) -> None:
    for _ in range(2):
        staffed.call(book_visit, BookVisit(visit_id=visit_id), key="the-same-key")
    staffed.settle()
    assert clinics.said.count("book near") == 1


def test_a_clinic_beyond_the_radius_is_taken_only_with_a_reason(
    staffed: World, visit_id: str, clinics: MemoryClinics
) -> None:
    settle_in(staffed, clinic("beyond", 60))
    clinics.has_slot("beyond", THREE)
    with pytest.raises(NoClinicToBook):
        staffed.call(book_visit, BookVisit(visit_id=visit_id))
    with pytest.raises(ReasonWanted):
        staffed.call(book_visit, BookVisit(visit_id=visit_id, clinic_id="beyond"))
    visit = book(staffed, visit_id, clinic_id="beyond", reason="Pacjentka tego chce.")
    assert booked_at(visit) == ("beyond", THREE)


def test_a_clinic_that_is_not_integrated_is_not_booked_for_any_reason(
    staffed: World, visit_id: str, clinics: MemoryClinics
) -> None:
    settle_in(staffed, clinic("by_phone", 2, integrated=False))
    with pytest.raises(CannotBeBooked):
        staffed.call(book_visit, BookVisit(visit_id=visit_id, clinic_id="by_phone", reason="Proszę!"))


def test_a_visit_without_a_place_wants_a_pin_first(
    staffed: World, visit_id: str, clinics: MemoryClinics
) -> None:
    visit = staffed.record(Visit, visit_id)
    staffed.given(visit.but(address=visit.address.but(position=None)))
    with pytest.raises(PlaceUnknown):
        staffed.call(book_visit, BookVisit(visit_id=visit_id))


def test_another_tenants_visit_is_not_booked(staffed: World, visit_id: str) -> None:
    with pytest.raises(NotFound):
        staffed.call(book_visit, BookVisit(visit_id=visit_id), as_=FOREIGN_OPERATOR)


def silent_for(world: World, visit_id: str, clinics: MemoryClinics, minutes: int) -> None:
    clinics.will("near", "book", Trouble.SILENT_AFTER)
    book(world, visit_id)
    clinics.silent.add("near")
    world.advance(timedelta(minutes=minutes))


def test_a_person_who_phoned_the_clinic_can_say_that_it_booked(
    staffed: World, visit_id: str, clinics: MemoryClinics
) -> None:
    silent_for(staffed, visit_id, clinics, 20)
    told = Booked(kind="booked", starts_at=THREE, ends_at=THREE + timedelta(minutes=30))
    staffed.call(settle_booking, SettleBooking(visit_id=visit_id, outcome=told))
    assert booked_at(staffed.record(Visit, visit_id)) == ("near", THREE)
    with pytest.raises(NothingToSettle):
        staffed.call(settle_booking, SettleBooking(visit_id=visit_id, outcome=told))


def test_a_person_who_phoned_the_clinic_can_say_that_it_did_not(
    staffed: World, visit_id: str, clinics: MemoryClinics
) -> None:
    silent_for(staffed, visit_id, clinics, 20)
    staffed.call(settle_booking, SettleBooking(visit_id=visit_id, outcome=NotBooked(kind="not_booked")))
    staffed.call(start_cascade, PlanRequest(visit_id=visit_id, doctor_ids=(ANNA,)))
    clinics.silent.clear()
    staffed.advance(timedelta(minutes=30))
    assert clinics.live() == []


def test_while_the_clinic_may_still_answer_nobody_settles_for_it(
    staffed: World, visit_id: str, clinics: MemoryClinics
) -> None:
    silent_for(staffed, visit_id, clinics, 1)
    with pytest.raises(StillAsking):
        staffed.call(settle_booking, SettleBooking(visit_id=visit_id, outcome=NotBooked(kind="not_booked")))


def test_a_time_outside_the_window_does_not_settle_it(
    staffed: World, visit_id: str, clinics: MemoryClinics
) -> None:
    silent_for(staffed, visit_id, clinics, 20)
    late = AFTERNOON.ends_at
    told = Booked(kind="booked", starts_at=late, ends_at=late + timedelta(minutes=30))
    with pytest.raises(NotInWindow):
        staffed.call(settle_booking, SettleBooking(visit_id=visit_id, outcome=told))
