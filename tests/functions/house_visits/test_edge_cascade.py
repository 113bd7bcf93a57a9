"""Searches that are changed, raced for, or run out of something."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from functions.house_visits.accept_offer import AcceptOffer, accept_offer
from functions.house_visits.change_cascade import Add, ChangeCascade, Remove, Reorder, Resume, change_cascade
from functions.house_visits.domain.cascade import OverlapPolicy
from functions.house_visits.domain.codes import ISSUABLE, QUARANTINE_DAYS
from functions.house_visits.domain.desk import Desk, DeskEntry
from functions.house_visits.domain.diary import Diary
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.queries import due_visits
from functions.house_visits.domain.visit import Visit, VisitStatus
from functions.house_visits.domain.winning import AlreadyTaken, SearchedOutside
from functions.house_visits.reschedule_visit import RescheduleVisit, reschedule_visit
from functions.house_visits.start_cascade import start_cascade
from functions.house_visits.sweep_cascades import sweep_cascades
from functions.house_visits.withdraw_from_visit import WithdrawFromVisit, withdraw_from_visit
from functions.platform.sweep_outbox import sweep_outbox
from shared.kernel.errors import Refusal
from shared.kernel.ports import Query
from tests.functions.house_visits.test_edge_replies import another_visit, cancels, gives_back, offers
from tests.outside import START
from tests.people import AFTERNOON, ANNA, EWA, JAN, PHONES, PIOTR, as_doctor, doctor, phone_key
from tests.stories.test_house_visit import TEN_MINUTES, says, start, texts
from tests.world import TENANT, World


def entry_of(world: World, code: str, place: int = 0) -> DeskEntry:
    return DeskEntry(
        visit_id=f"v-{place}",
        offer_id=f"o-{place}",
        doctor_id=ANNA,
        sender="+48732230001",
        code=code,
        offered_at=world.clock.now(),
    )


def test_a_phone_that_has_no_code_left_is_passed_over_and_the_next_one_asked(
    staffed: World, visit_id: str
) -> None:
    full = tuple(entry_of(staffed, code, place) for place, code in enumerate(ISSUABLE))
    staffed.given(Desk(id=phone_key(staffed, PHONES[ANNA]), tenant_id=TENANT, entries=full))
    start(staffed, visit_id, ANNA, PIOTR)
    assert not texts(staffed, ANNA)
    assert len(texts(staffed, PIOTR)) == 1
    assert "doctor_skipped_no_code_left" in staffed.log_of(staffed.record(Visit, visit_id))


def test_a_code_rests_a_month_after_its_visit_could_last_be_taken(world: World) -> None:
    now = world.clock.now()
    old = entry_of(world, "7KJ").but(offered_at=now - timedelta(days=40), closes_at=now - timedelta(days=12))
    gone = entry_of(world, "8KT").but(offered_at=now - timedelta(days=QUARANTINE_DAYS + 1))
    desk = Desk(id="k", tenant_id=TENANT, entries=(old, gone)).with_entry(entry_of(world, "9XF"))
    assert desk.codes == {"7KJ", "9XF"}


def test_twenty_doctors_who_say_yes_at_once_are_one_winner_and_nineteen_told(
    staffed: World, visit_id: str
) -> None:
    many = [f"d-{place:02d}" for place in range(20)]
    phones = {one: f"+485120001{place:02d}" for place, one in enumerate(many)}
    staffed.given(*(doctor(staffed, one, phone=phones[one]) for one in many))
    start(staffed, visit_id, *many, minutes=0)

    def says_yes(doctor_id: str) -> bool:
        try:
            staffed.call(
                accept_offer, AcceptOffer(visit_id=visit_id), as_=as_doctor(doctor_id), key=doctor_id * 4
            )
        except AlreadyTaken:
            return False
        return True

    asked = [one.doctor_id for one in offers(staffed, visit_id) if one.is_open]
    assert asked == many
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(says_yes, asked))
    assert won.count(True) == 1
    staffed.settle()
    assert staffed.log_of(staffed.record(Visit, visit_id)).count("booked") == 1
    assert sum("jest Twoja" in one.sms.body for one in staffed.phones.sent) == 1


def test_two_operators_who_start_at_once_start_one_search(staffed: World, visit_id: str) -> None:
    def starts(doctor_id: str) -> bool:
        wanted = PlanRequest(visit_id=visit_id, doctor_ids=(doctor_id,))
        try:
            staffed.call(start_cascade, wanted, key=f"start-{doctor_id}")
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(starts, (ANNA, PIOTR))) == [False, True]
    staffed.settle()
    assert len(staffed.phones.sent) == 1


def test_a_late_yes_in_the_app_leaves_a_line_and_a_prompt_for_the_operator(
    staffed: World, visit_id: str
) -> None:
    start(staffed, visit_id, ANNA)
    staffed.advance(TEN_MINUTES)
    with pytest.raises(SearchedOutside):
        staffed.call(accept_offer, AcceptOffer(visit_id=visit_id), as_=as_doctor(ANNA))
    visit = staffed.record(Visit, visit_id)
    assert (visit.status, visit.attention) == (VisitStatus.OUTSIDE, "late_yes")
    assert "yes_did_not_win" in staffed.log_of(visit)


def test_an_exclusive_offer_ends_truthfully_when_the_next_one_is_made(staffed: World, visit_id: str) -> None:
    wanted = PlanRequest(
        visit_id=visit_id, doctor_ids=(ANNA, PIOTR), intervals=(10,), policy=OverlapPolicy.EXCLUSIVE
    )
    staffed.call(start_cascade, wanted)
    staffed.settle()
    staffed.advance(TEN_MINUTES)
    assert "obsadzona" not in texts(staffed, ANNA)[-1]
    says(staffed, ANNA, "tak")
    assert staffed.record(Visit, visit_id).winner is None
    says(staffed, PIOTR, "tak")
    assert staffed.record(Visit, visit_id).is_won_by(PIOTR)


def change(world: World, visit_id: str, what: Add | Remove | Reorder | Resume) -> None:
    world.call(change_cascade, ChangeCascade(visit_id=visit_id, change=what))
    world.settle()


def test_who_was_removed_by_mistake_can_be_put_back(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA, PIOTR)
    change(staffed, visit_id, Remove(kind="remove", doctor_ids=(PIOTR,)))
    change(staffed, visit_id, Add(kind="add", doctor_ids=(PIOTR,)))
    staffed.advance(TEN_MINUTES)
    assert len(texts(staffed, PIOTR)) == 1


def test_who_was_told_that_the_offer_is_over_is_not_texted_again(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA, PIOTR)
    change(staffed, visit_id, Remove(kind="remove", doctor_ids=(ANNA,)))
    change(staffed, visit_id, Add(kind="add", doctor_ids=(ANNA,)))
    staffed.advance(timedelta(hours=1))
    assert len(texts(staffed, ANNA)) == 2


def test_a_doctor_named_twice_in_an_order_is_asked_once(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA, PIOTR, EWA)
    change(staffed, visit_id, Reorder(kind="reorder", doctor_ids=(EWA, EWA, PIOTR)))
    assert [one.doctor_id for one in offers(staffed, visit_id)] == [ANNA, EWA, PIOTR]
    staffed.advance(TEN_MINUTES)
    assert (len(texts(staffed, EWA)), len(texts(staffed, PIOTR))) == (1, 0)


def test_who_was_told_that_the_visit_was_moved_is_not_told_again_that_it_is_cancelled(
    staffed: World, visit_id: str
) -> None:
    start(staffed, visit_id, ANNA)
    says(staffed, ANNA, "tak")
    later = AFTERNOON.but(day=AFTERNOON.day + timedelta(days=1))
    staffed.call(reschedule_visit, RescheduleVisit(visit_id=visit_id, window=later))
    staffed.settle()
    told = len(texts(staffed, ANNA))
    cancels(staffed, visit_id)
    assert len(texts(staffed, ANNA)) == told


def test_a_won_text_held_up_until_the_visit_was_cancelled_is_never_sent(
    staffed: World, visit_id: str
) -> None:
    start(staffed, visit_id, ANNA)
    staffed.wiring.settings = staffed.settings.but(dispatch_inline=False)
    staffed.call(accept_offer, AcceptOffer(visit_id=visit_id), as_=as_doctor(ANNA))
    cancels(staffed, visit_id)
    for _ in range(4):
        staffed.tick(sweep_outbox)
    assert not [one for one in texts(staffed, ANNA) if "jest Twoja" in one]
    assert "nie jest" in texts(staffed, ANNA)[-1]


def test_a_diary_is_free_again_after_the_visit_was_given_back(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA, PIOTR)
    says(staffed, ANNA, "tak")
    gives_back(staffed, visit_id, ANNA)
    assert staffed.record(Diary, ANNA).taken == ()
    second = another_visit(staffed, "p-2")
    start(staffed, second, ANNA)
    says(staffed, ANNA, f"tak {offers(staffed, second)[0].code}")
    assert staffed.record(Visit, second).is_won_by(ANNA)


def test_a_search_that_is_won_lost_and_won_again_has_one_winner_each_time(
    staffed: World, visit_id: str
) -> None:
    staffed.tasks_come_twice()
    start(staffed, visit_id, ANNA, PIOTR, EWA, JAN)
    staffed.advance(TEN_MINUTES)
    for who in (ANNA, PIOTR, EWA):
        code = staffed.record(Visit, visit_id).cascade.offer_to(who).code  # type: ignore[union-attr]  # it runs
        says(staffed, who, f"tak {code}")
        if not staffed.record(Visit, visit_id).is_won_by(who):
            staffed.advance(timedelta(minutes=40))
            continue
        staffed.call(withdraw_from_visit, WithdrawFromVisit(visit_id=visit_id), as_=as_doctor(who))
        staffed.settle()
    for _ in range(3):
        staffed.advance(timedelta(hours=2))
        staffed.tick(sweep_cascades)
    visit = staffed.record(Visit, visit_id)
    assert visit.status in (VisitStatus.OUTSIDE, VisitStatus.REQUESTED, VisitStatus.BOOKED)
    for who in (ANNA, PIOTR, EWA, JAN):
        offered = [one for one in texts(staffed, who) if "Odpisz TAK" in one]
        assert len(offered) == len(set(offered))


def test_a_sweep_takes_the_hundred_that_are_longest_overdue_of_those_that_wait_for_a_timer() -> None:
    assert due_visits(START) == Query(
        "visits",
        (("status", "in", ("offering", "unknown_outcome")), ("due_at", "<=", START)),
        (("due_at", "asc"), ("id", "asc")),
        limit=100,
    )
