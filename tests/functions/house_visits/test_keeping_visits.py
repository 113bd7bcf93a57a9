"""Another time, a good end, a bad end: whoever must know is told once, no clinic or diary waits in vain."""

from datetime import timedelta

import pytest

from functions.house_visits.book_visit import BookVisit, book_visit
from functions.house_visits.complete_visit import CompleteVisit, complete_visit
from functions.house_visits.domain.diary import Diary
from functions.house_visits.domain.keeping import OnlyThePatient, TooEarly
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.reopening import NobodyIsToCome
from functions.house_visits.domain.requesting import WindowPassed
from functions.house_visits.domain.visit import Visit, VisitStatus
from functions.house_visits.report_no_show import ReportNoShow, report_no_show
from functions.house_visits.reschedule_visit import RescheduleVisit, reschedule_visit
from functions.house_visits.start_cascade import start_cascade
from shared.kernel.errors import NotFound
from shared.kernel.states import NotPossibleNow
from tests.clinic_twin import MemoryClinics
from tests.functions.house_visits.clinics_around import clinic, settle_in
from tests.people import AFTERNOON, ANNA, EWA, PHONES, PIOTR, as_doctor
from tests.world import FOREIGN_OPERATOR, World

TOMORROW = AFTERNOON.but(day=AFTERNOON.day + timedelta(days=1))
PATIENT = "+48512000099"


def asked(world: World, visit_id: str, *doctors: str) -> None:
    world.call(start_cascade, PlanRequest(visit_id=visit_id, doctor_ids=doctors))
    world.settle()


def won_by_anna(world: World, visit_id: str) -> None:
    asked(world, visit_id, ANNA, PIOTR, EWA)
    world.text_from(PHONES[ANNA], "tak")
    world.settle()


def reschedule(world: World, visit_id: str) -> Visit:
    world.call(reschedule_visit, RescheduleVisit(visit_id=visit_id, window=TOMORROW))
    world.settle()
    return world.record(Visit, visit_id)


def until_it_begins(world: World) -> None:
    world.advance(AFTERNOON.starts_at - world.clock.now() + timedelta(minutes=20))


def test_who_was_to_come_is_told_not_to_and_is_free_again(staffed: World, visit_id: str) -> None:
    won_by_anna(staffed, visit_id)
    visit = reschedule(staffed, visit_id)
    assert (visit.status, visit.winner, visit.window) == (VisitStatus.REQUESTED, None, TOMORROW)
    assert visit.window_starts_at == TOMORROW.starts_at
    assert "prosimy nie jechac" in staffed.texts_to(PHONES[ANNA])[-1]
    assert staffed.record(Diary, ANNA).taken == ()
    assert "przekladamy wizyte domowa na sr. 25.11" in staffed.texts_to(PATIENT)[-1]


def test_a_search_under_way_ends_with_the_old_time(staffed: World, visit_id: str) -> None:
    asked(staffed, visit_id, ANNA, PIOTR)
    reschedule(staffed, visit_id)
    assert "nie jest juz potrzebna" in staffed.texts_to(PHONES[ANNA])[-1]
    staffed.advance(timedelta(hours=1))
    assert not staffed.texts_to(PHONES[PIOTR])
    staffed.text_from(PHONES[ANNA], "tak")
    staffed.settle()
    assert staffed.record(Visit, visit_id).winner is None


def test_after_another_time_everybody_can_be_asked_anew(staffed: World, visit_id: str) -> None:
    won_by_anna(staffed, visit_id)
    reschedule(staffed, visit_id)
    won_by_anna(staffed, visit_id)
    assert staffed.record(Visit, visit_id).is_won_by(ANNA)


def test_a_clinics_booking_is_given_back(staffed: World, visit_id: str) -> None:
    twin = MemoryClinics(staffed.clock)
    staffed.wiring.__dict__["clinics"] = twin
    settle_in(staffed, clinic("near", 3))
    twin.has_slot("near", AFTERNOON.starts_at)
    staffed.call(book_visit, BookVisit(visit_id=visit_id))
    staffed.settle()
    assert twin.live() == ["near"]
    reschedule(staffed, visit_id)
    assert twin.live() == []


def test_the_same_time_again_changes_nothing(staffed: World, visit_id: str) -> None:
    won_by_anna(staffed, visit_id)
    before = staffed.record(Visit, visit_id)
    staffed.call(reschedule_visit, RescheduleVisit(visit_id=visit_id, window=AFTERNOON))
    assert staffed.record(Visit, visit_id) == before
    assert staffed.record(Diary, ANNA).taken


def test_a_time_that_has_passed_is_refused(staffed: World, visit_id: str) -> None:
    past = AFTERNOON.but(day=AFTERNOON.day - timedelta(days=1))
    with pytest.raises(WindowPassed):
        staffed.call(reschedule_visit, RescheduleVisit(visit_id=visit_id, window=past))


def test_another_tenants_visit_is_not_moved(staffed: World, visit_id: str) -> None:
    with pytest.raises(NotFound):
        staffed.call(
            reschedule_visit, RescheduleVisit(visit_id=visit_id, window=TOMORROW), as_=FOREIGN_OPERATOR
        )


def test_the_doctor_says_that_the_visit_took_place(staffed: World, visit_id: str) -> None:
    won_by_anna(staffed, visit_id)
    until_it_begins(staffed)
    staffed.call(complete_visit, CompleteVisit(visit_id=visit_id), as_=as_doctor(ANNA))
    assert staffed.record(Visit, visit_id).status == VisitStatus.COMPLETED
    with pytest.raises(NotPossibleNow):
        staffed.call(complete_visit, CompleteVisit(visit_id=visit_id))


def test_a_visit_that_has_not_begun_cannot_have_taken_place(staffed: World, visit_id: str) -> None:
    won_by_anna(staffed, visit_id)
    with pytest.raises(TooEarly):
        staffed.call(complete_visit, CompleteVisit(visit_id=visit_id))


def test_only_the_doctor_who_took_it_says_so(staffed: World, visit_id: str) -> None:
    won_by_anna(staffed, visit_id)
    until_it_begins(staffed)
    with pytest.raises(NotFound):
        staffed.call(complete_visit, CompleteVisit(visit_id=visit_id), as_=as_doctor(PIOTR))


def test_nobody_opened_so_a_person_phones(staffed: World, visit_id: str) -> None:
    won_by_anna(staffed, visit_id)
    until_it_begins(staffed)
    staffed.call(report_no_show, ReportNoShow(visit_id=visit_id, who="patient"), as_=as_doctor(ANNA))
    staffed.settle()
    visit = staffed.record(Visit, visit_id)
    assert (visit.status, visit.attention) == (VisitStatus.NO_SHOW, "patient_was_not_there")
    assert "nikogo nie zastal" in staffed.texts_to(PATIENT)[-1]


def test_when_the_doctor_does_not_come_others_are_asked_while_there_is_time(
    staffed: World, visit_id: str
) -> None:
    won_by_anna(staffed, visit_id)
    until_it_begins(staffed)
    reported = staffed.call(report_no_show, ReportNoShow(visit_id=visit_id, who="doctor"))
    staffed.settle()
    assert reported.status == VisitStatus.OFFERING
    assert len(staffed.texts_to(PHONES[PIOTR])) == 1
    assert "nie jest juz potrzebna" in staffed.texts_to(PHONES[ANNA])[-1]
    assert "Szukamy innego" in staffed.texts_to(PATIENT)[-1]
    assert staffed.record(Diary, ANNA).taken == ()


def test_when_the_time_is_over_a_person_arranges_a_new_visit(staffed: World, visit_id: str) -> None:
    won_by_anna(staffed, visit_id)
    staffed.advance(AFTERNOON.ends_at - staffed.clock.now())
    staffed.call(report_no_show, ReportNoShow(visit_id=visit_id, who="doctor"))
    staffed.settle()
    visit = staffed.record(Visit, visit_id)
    assert (visit.status, visit.attention) == (VisitStatus.NO_SHOW, "doctor_was_not_there")
    assert "lekarz nie dotarl" in staffed.texts_to(PATIENT)[-1]


def test_a_doctor_does_not_report_doctors(staffed: World, visit_id: str) -> None:
    won_by_anna(staffed, visit_id)
    until_it_begins(staffed)
    with pytest.raises(OnlyThePatient):
        staffed.call(report_no_show, ReportNoShow(visit_id=visit_id, who="doctor"), as_=as_doctor(ANNA))


def test_a_no_show_reported_twice_is_refused_the_second_time(staffed: World, visit_id: str) -> None:
    won_by_anna(staffed, visit_id)
    until_it_begins(staffed)
    staffed.call(report_no_show, ReportNoShow(visit_id=visit_id, who="patient"))
    with pytest.raises(NotPossibleNow):
        staffed.call(report_no_show, ReportNoShow(visit_id=visit_id, who="patient"))


def test_where_nobody_is_to_come_nobody_is_missed(staffed: World, visit_id: str) -> None:
    won_by_anna(staffed, visit_id)
    until_it_begins(staffed)
    staffed.call(report_no_show, ReportNoShow(visit_id=visit_id, who="doctor"))
    before = staffed.record(Visit, visit_id)
    with pytest.raises(NobodyIsToCome):
        staffed.call(report_no_show, ReportNoShow(visit_id=visit_id, who="doctor"))
    assert staffed.record(Visit, visit_id) == before
