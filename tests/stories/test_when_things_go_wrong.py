"""Doubled, late, reordered, at midnight, after a restart: the promises are the same."""

import itertools
from datetime import datetime, time, timedelta

import pytest

from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.planning import SearchRunning
from functions.house_visits.domain.visit import Visit, VisitStatus
from functions.house_visits.request_visit import RequestVisit, request_visit
from functions.house_visits.start_cascade import start_cascade
from shared.kernel.times import UTC, PreferredWindow, QuietHours
from tests.people import AFTERNOON, ANNA, EWA, HOME, PIOTR, doctor, patient
from tests.stories.test_house_visit import TEN_MINUTES, says, start, texts
from tests.world import World

SPRING_NIGHT = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)  # half past midnight; at 2:00 clocks go to 3:00
AUTUMN_NIGHT = datetime(2026, 10, 24, 22, 30, tzinfo=UTC)  # half past midnight; at 3:00 clocks go to 2:00


def test_everything_twice_is_as_good_as_once(staffed: World, visit_id: str) -> None:
    staffed.tasks_come_twice()
    start(staffed, visit_id, ANNA, PIOTR, EWA)
    staffed.advance(TEN_MINUTES)
    says(staffed, PIOTR, "tak")
    staffed.advance(timedelta(hours=2))
    assert staffed.record(Visit, visit_id).is_won_by(PIOTR)
    assert len(texts(staffed, ANNA)) == 2
    assert len(texts(staffed, PIOTR)) == 2
    assert not texts(staffed, EWA)
    assert staffed.log_of(staffed.record(Visit, visit_id)).count("booked") == 1


def test_a_new_process_goes_on_where_the_old_one_stopped(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA, PIOTR)
    staffed.restart()
    staffed.advance(TEN_MINUTES)
    assert len(texts(staffed, PIOTR)) == 1
    says(staffed, ANNA, "Tak, biorę")
    assert staffed.record(Visit, visit_id).is_won_by(ANNA)


def test_a_queue_that_stood_still_sends_one_text_and_no_burst(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA, PIOTR, EWA)
    staffed.set_clock(staffed.clock.now() + timedelta(minutes=40))
    staffed.settle()
    assert len(texts(staffed, PIOTR)) == 1
    assert not texts(staffed, EWA)


@pytest.mark.parametrize("night", [SPRING_NIGHT, AUTUMN_NIGHT], ids=["spring", "autumn"])
def test_intervals_are_elapsed_time_on_the_nights_when_clocks_change(staffed: World, night: datetime) -> None:
    staffed.set_clock(night)
    for one in (ANNA, PIOTR, EWA):
        staffed.given(doctor(staffed, one, quiet_hours=QuietHours(begins=time(12), ends=time(12))))
    window = PreferredWindow(day=(night + timedelta(hours=2)).date(), begins=time(8), ends=time(12))
    wanted = RequestVisit(patient_id="p-1", address=HOME, window=window, specialization="internal_medicine")
    visit_id = staffed.call(request_visit, wanted).visit_id
    start(staffed, visit_id, ANNA, PIOTR, EWA, minutes=60)
    asked = staffed.record(Visit, visit_id)
    staffed.advance(timedelta(minutes=150))
    asked = staffed.record(Visit, visit_id)
    assert asked.cascade is not None
    instants = [one.asked_at for one in asked.cascade.offers if one.asked_at]
    assert [after - before for before, after in itertools.pairwise(instants)] == [timedelta(hours=1)] * 2


@pytest.mark.parametrize(
    ("night", "morning"),
    [
        (SPRING_NIGHT, datetime(2026, 3, 29, 5, 0, tzinfo=UTC)),
        (AUTUMN_NIGHT, datetime(2026, 10, 25, 6, 0, tzinfo=UTC)),
    ],
    ids=["spring", "autumn"],
)
def test_quiet_hours_end_at_seven_by_the_wall(staffed: World, night: datetime, morning: datetime) -> None:
    staffed.set_clock(night)
    window = PreferredWindow(day=morning.date(), begins=time(9), ends=time(14))
    wanted = RequestVisit(patient_id="p-1", address=HOME, window=window, specialization="internal_medicine")
    visit_id = staffed.call(request_visit, wanted).visit_id
    start(staffed, visit_id, ANNA)
    assert not texts(staffed, ANNA)
    staffed.advance(timedelta(hours=8))
    visit = staffed.record(Visit, visit_id)
    assert visit.cascade is not None
    assert visit.cascade.offers[0].asked_at == morning


def test_a_second_yes_of_the_same_doctor_is_answered_and_changes_nothing(
    staffed: World, visit_id: str
) -> None:
    start(staffed, visit_id, ANNA)
    says(staffed, ANNA, "tak")
    says(staffed, ANNA, "tak")
    assert staffed.log_of(staffed.record(Visit, visit_id)).count("booked") == 1
    assert "już Twoja" in texts(staffed, ANNA)[-1] or "juz Twoja" in texts(staffed, ANNA)[-1]


def test_a_doctor_who_has_a_visit_at_that_time_is_asked_about_it_by_a_person(
    staffed: World, visit_id: str
) -> None:
    staffed.given(patient("p-2"))
    other = RequestVisit(patient_id="p-2", address=HOME, window=AFTERNOON, specialization="internal_medicine")
    second = staffed.call(request_visit, other).visit_id
    start(staffed, visit_id, ANNA)
    says(staffed, ANNA, "tak")
    start(staffed, second, ANNA)
    code = staffed.record(Visit, second).cascade.offers[0].code  # type: ignore[union-attr]  # it was started
    says(staffed, ANNA, f"tak {code}")
    visit = staffed.record(Visit, second)
    assert visit.status == VisitStatus.OFFERING
    assert visit.attention == "doctor_has_clash"


@pytest.mark.parametrize("text", ["tak, ale po 18", "a jaki adres?", "nie ma problemu", "👍", "wczoraj tak"])
def test_what_is_not_a_clear_yes_books_nobody(staffed: World, visit_id: str, text: str) -> None:
    start(staffed, visit_id, ANNA)
    says(staffed, ANNA, text)
    assert staffed.record(Visit, visit_id).winner is None


def test_a_stranger_with_a_valid_code_wins_nothing(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA)
    code = staffed.record(Visit, visit_id).cascade.offers[0].code  # type: ignore[union-attr]  # it was started
    staffed.text_from("+48512999888", f"TAK {code}")
    staffed.settle()
    assert staffed.record(Visit, visit_id).winner is None


def test_starting_twice_is_one_search(staffed: World, visit_id: str) -> None:

    start(staffed, visit_id, ANNA)
    with pytest.raises(SearchRunning):
        staffed.call(start_cascade, PlanRequest(visit_id=visit_id, doctor_ids=(PIOTR,)))
    assert len(texts(staffed, ANNA)) == 1
