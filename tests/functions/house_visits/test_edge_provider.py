"""A provider that is away, or reports in the wrong order: no turn is lost, and no search stands for ever."""

from datetime import timedelta

import pytest

from functions.house_visits.change_cascade import ChangeCascade, Pause, Remove, change_cascade
from functions.house_visits.decline_offer import DeclineOffer, decline_offer
from functions.house_visits.domain.cascade import Cascade, CascadeStatus
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.visit import Visit, VisitStatus
from functions.house_visits.note_offer_delivery import note_offer_delivery
from functions.house_visits.start_cascade import start_cascade
from functions.house_visits.sweep_cascades import sweep_cascades
from functions.platform.sweep_outbox import sweep_outbox
from shared.contracts.messaging import SmsStatus, SmsStatusChanged
from shared.contracts.sms import OutboundSms, SmsAccepted, SmsThrottled, SmsUnknown
from shared.kernel.effects import Publish
from shared.kernel.ports import Write
from shared.runtime import letters
from tests.people import ANNA, EWA, PHONES, PIOTR, as_doctor
from tests.stories.test_house_visit import TEN_MINUTES, says, start, texts
from tests.world import TENANT, World

A_LEASE = timedelta(seconds=121)


def cascade_of(world: World, visit_id: str) -> Cascade:
    cascade = world.record(Visit, visit_id).cascade
    assert cascade is not None
    return cascade


def comes_back(world: World) -> None:
    world.phones.out = None
    world.advance(timedelta(minutes=1))
    world.tick(sweep_outbox)


def reported(world: World, visit_id: str, status: SmsStatus, place: int = 0, error: int = 0) -> None:
    """A report reaches the visit, whenever it was sent."""
    offer = cascade_of(world, visit_id).offers[place]
    news = SmsStatusChanged(letter_id=offer.id, about=visit_id, status=status, error_code=error)
    letter = letters.write(
        Publish(key=f"n-{world.wiring.ids.new()}", message=news), TENANT, "", world.clock.now(), ""
    )
    assert world.deliver(note_offer_delivery.declaration, letter.body.encode()).status == 200  # type: ignore[attr-defined]  # every action carries one
    world.settle()


def test_a_doctor_who_declined_while_the_provider_was_out_is_not_texted_and_the_next_one_is(
    staffed: World, visit_id: str
) -> None:
    staffed.phones.out = SmsThrottled(30)
    start(staffed, visit_id, ANNA, PIOTR)
    assert cascade_of(staffed, visit_id).status == CascadeStatus.PAUSED
    staffed.call(decline_offer, DeclineOffer(visit_id=visit_id), as_=as_doctor(ANNA))
    staffed.settle()
    comes_back(staffed)
    assert not texts(staffed, ANNA)
    assert len(texts(staffed, PIOTR)) == 1
    assert cascade_of(staffed, visit_id).status == CascadeStatus.RUNNING


def test_a_doctor_removed_while_the_provider_was_out_is_never_offered_the_visit(
    staffed: World, visit_id: str
) -> None:
    staffed.phones.out = SmsThrottled(30)
    start(staffed, visit_id, ANNA, PIOTR)
    removed = ChangeCascade(visit_id=visit_id, change=Remove(kind="remove", doctor_ids=(ANNA,)))
    staffed.call(change_cascade, removed)
    staffed.settle()
    comes_back(staffed)
    assert not [one for one in texts(staffed, ANNA) if "Odpisz" in one]
    assert len(texts(staffed, PIOTR)) == 1


def test_a_held_text_that_is_refused_in_the_end_moves_the_search_on(staffed: World, visit_id: str) -> None:
    staffed.phones.out = SmsThrottled(30)
    start(staffed, visit_id, ANNA, PIOTR)
    staffed.refuses(PHONES[ANNA], 21610)
    comes_back(staffed)
    assert len(texts(staffed, PIOTR)) == 1
    assert cascade_of(staffed, visit_id).status == CascadeStatus.RUNNING


def test_a_held_text_whose_fate_stays_unknown_counts_as_sent(staffed: World, visit_id: str) -> None:
    staffed.phones.out = SmsThrottled(30)
    start(staffed, visit_id, ANNA, PIOTR)
    reported(staffed, visit_id, SmsStatus.UNKNOWN)
    assert cascade_of(staffed, visit_id).status == CascadeStatus.RUNNING


@pytest.mark.parametrize("word", [SmsStatus.SENT, SmsStatus.DELIVERED])
def test_a_report_of_delay_that_comes_after_the_text_was_out_stops_nothing(
    staffed: World, visit_id: str, word: SmsStatus
) -> None:
    start(staffed, visit_id, ANNA, PIOTR)
    reported(staffed, visit_id, word)
    reported(staffed, visit_id, SmsStatus.DELAYED)
    assert cascade_of(staffed, visit_id).status == CascadeStatus.RUNNING
    staffed.advance(TEN_MINUTES)
    assert len(texts(staffed, PIOTR)) == 1


def test_a_failure_reported_after_the_delivery_takes_nothing_back(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA, PIOTR)
    reported(staffed, visit_id, SmsStatus.DELIVERED)
    reported(staffed, visit_id, SmsStatus.FAILED, error=30008)
    assert cascade_of(staffed, visit_id).offers[0].status == "delivered"
    assert not texts(staffed, PIOTR)


def test_a_doctor_whose_text_was_reported_lost_may_still_say_yes(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA, PIOTR)
    reported(staffed, visit_id, SmsStatus.UNDELIVERED, error=30003)
    says(staffed, ANNA, "tak")
    assert staffed.record(Visit, visit_id).is_won_by(ANNA)


@pytest.mark.parametrize("by_hand", [True, False])
def test_a_search_paused_until_the_end_is_handed_to_people(
    staffed: World, visit_id: str, by_hand: bool
) -> None:
    if not by_hand:
        staffed.phones.out = SmsThrottled(30)
    start(staffed, visit_id, ANNA, PIOTR)
    if by_hand:
        staffed.call(change_cascade, ChangeCascade(visit_id=visit_id, change=Pause(kind="pause")))
    staffed.settle()
    staffed.advance(staffed.record(Visit, visit_id).closes_at - staffed.clock.now())
    visit = staffed.record(Visit, visit_id)
    assert visit.status == VisitStatus.OUTSIDE
    assert not [one for one in visit.offers if one.is_open]


def test_a_paused_search_whose_timer_was_lost_is_found_by_the_sweeper(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA, PIOTR)
    staffed.call(change_cascade, ChangeCascade(visit_id=visit_id, change=Pause(kind="pause")))
    staffed.queue.pending.clear()
    staffed.set_clock(staffed.record(Visit, visit_id).closes_at + timedelta(minutes=2))
    staffed.tick(sweep_cascades)
    assert staffed.record(Visit, visit_id).status == VisitStatus.OUTSIDE


def test_an_interval_longer_than_the_time_left_ends_with_the_visit(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA, PIOTR, minutes=24 * 60)
    staffed.advance(staffed.record(Visit, visit_id).closes_at - staffed.clock.now())
    assert staffed.record(Visit, visit_id).status == VisitStatus.OUTSIDE


def test_an_outage_in_which_nothing_answers_pauses_the_search_and_loses_no_text(
    staffed: World, visit_id: str
) -> None:
    """Neither sending nor looking works for a while: what was never sent is sent afterwards, once."""

    def away(*_: object) -> SmsAccepted | None:
        raise SmsUnknown

    staffed.phones.out = SmsUnknown()
    found, staffed.phones.find_sent = staffed.phones.find_sent, away  # type: ignore[method-assign, assignment]  # the twin's own outage
    start(staffed, visit_id, ANNA, PIOTR)
    for _ in range(5):
        staffed.advance(A_LEASE)
        staffed.tick(sweep_outbox)
    assert cascade_of(staffed, visit_id).status == CascadeStatus.PAUSED
    staffed.phones.find_sent, staffed.phones.out = found, None  # type: ignore[method-assign]  # and its end
    staffed.advance(A_LEASE)
    staffed.tick(sweep_outbox)
    assert len(texts(staffed, ANNA)) == 1
    assert cascade_of(staffed, visit_id).status == CascadeStatus.RUNNING


def test_who_won_is_told_even_if_twice(staffed: World, visit_id: str) -> None:
    start(staffed, visit_id, ANNA)
    staffed.phones.out = SmsUnknown()
    says(staffed, ANNA, "tak")
    for _ in range(4):
        staffed.advance(A_LEASE)
        staffed.tick(sweep_outbox)
    staffed.phones.out = None
    staffed.advance(A_LEASE)
    staffed.tick(sweep_outbox)
    assert "jest Twoja" in texts(staffed, ANNA)[-1]


def test_one_letter_that_cannot_be_read_does_not_keep_the_others(staffed: World, visit_id: str) -> None:
    staffed.wiring.settings = staffed.settings.but(dispatch_inline=False)
    staffed.call(start_cascade, PlanRequest(visit_id=visit_id, doctor_ids=(ANNA, EWA)))
    due = staffed.clock.now() - timedelta(hours=1)
    spoiled = {"id": "spoiled", "tenant_id": TENANT, "open": True, "due_at": due, "_token": ""}
    staffed.wiring.documents.commit([Write("outbox/spoiled", spoiled)])
    for _ in range(4):
        staffed.tick(sweep_outbox)
    assert len(texts(staffed, ANNA)) == 1


def test_nothing_is_sent_twice_by_a_text_that_was_taken(staffed: World, visit_id: str) -> None:
    sent: list[OutboundSms] = []
    start(staffed, visit_id, ANNA, PIOTR)
    sent += [one.sms for one in staffed.phones.sent]
    for _ in range(5):
        staffed.advance(timedelta(minutes=1))
        staffed.tick(sweep_outbox)
        staffed.tick(sweep_cascades)
    assert [one.sms for one in staffed.phones.sent] == sent
