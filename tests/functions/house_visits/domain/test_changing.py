"""A search is changed while it runs: what has happened stays, what has not happened yet is changed."""

from collections.abc import Callable

import pytest

from functions.house_visits.domain.cascade import OFFERS_MAX, CascadeNotRunning
from functions.house_visits.domain.changing import (
    AlreadyAsked,
    NotInSearch,
    TooManyDoctors,
    added,
    paused,
    removed,
    reordered,
    resumed,
    with_interval,
)
from functions.house_visits.domain.offer import OfferStatus
from functions.house_visits.domain.turns import PROVIDER_OUT
from functions.house_visits.domain.visit import Visit
from shared.kernel.records import Decision
from tests.functions.house_visits.domain.a_visit import MINUTE, NOW, offer, searching, visit, won_by_anna
from tests.functions.house_visits.domain.told import said, told
from tests.people import ANNA, EWA, JAN, PIOTR

DELIVERED = OfferStatus.DELIVERED


def running() -> Visit:
    """Anna thinks it over, Piotr and Ewa wait for their turn."""
    return searching(offer(ANNA, DELIVERED), offer(PIOTR), offer(EWA))


@pytest.mark.parametrize("before", [visit(), won_by_anna(), searching(offer(ANNA), status="exhausted")])
def test_a_search_that_is_not_running_is_not_changed(before: Visit) -> None:
    changes: tuple[Callable[[], Decision[Visit]], ...] = (
        lambda: paused(before, NOW),
        lambda: resumed(before, NOW),
        lambda: added(before, (), NOW),
        lambda: removed(before, (), NOW),
        lambda: reordered(before, (), NOW),
        lambda: with_interval(before, 5, NOW),
    )
    for change in changes:
        with pytest.raises(CascadeNotRunning):
            change()


def test_a_search_that_stands_still_is_not_paused_and_one_that_runs_does_not_go_on() -> None:
    with pytest.raises(CascadeNotRunning, match=r"The search is paused\."):
        paused(searching(offer(ANNA), status="paused", next_at=None), NOW)
    with pytest.raises(CascadeNotRunning, match=r"The search is running\."):
        resumed(running(), NOW)


def test_an_operator_pauses_a_search_and_lets_it_go_on() -> None:
    before = running()
    still = paused(before, NOW)
    assert told(before, still) == said(
        """
        search_paused reason=operator
          cascade.status: running > paused
          cascade.arm: 3 > 4
          cascade.next_at: 24th 09:05 > -
          cascade.remaining_minutes: 0.0 > 5.0
          cascade.pause_reason: "" > operator
          due_at: 24th 09:05 > 24th 16:30
          Later key=timer-v1-1-4 message=AskNextDoctor(visit_id=v1 epoch=1 arm=4 desk_id=key-d-piotr)
            at=24th 16:30
        """
    )
    assert told(still.record, resumed(still.record, NOW + 10 * MINUTE)) == said(
        """
        search_resumed
          cascade.status: paused > running
          cascade.arm: 4 > 5
          cascade.next_at: - > 24th 09:15
          cascade.remaining_minutes: 5.0 > 0.0
          cascade.pause_reason: operator > ""
          due_at: 24th 16:30 > 24th 09:15
          Later key=timer-v1-1-5 message=AskNextDoctor(visit_id=v1 epoch=1 arm=5 desk_id=key-d-piotr)
            at=24th 09:15
        """
    )


def test_new_doctors_come_last_and_who_is_known_is_not_asked_twice() -> None:
    before = running()
    assert told(before, added(before, (offer(PIOTR), offer(JAN)), NOW)) == said(
        """
        doctors_added count=1
          cascade.offers.3: - > Offer(id=offer-v1-1-d-jan doctor_id=d-jan phone=+48512000004
            phone_key=key-d-jan language=pl quiet_hours=QuietHours() delay_minutes=10)
          cascade.arm: 3 > 4
          Later key=timer-v1-1-4 message=AskNextDoctor(visit_id=v1 epoch=1 arm=4 desk_id=key-d-piotr)
            at=24th 09:05
        """
    )


def test_who_was_removed_before_being_asked_may_come_back() -> None:
    before = searching(offer(ANNA, DELIVERED), offer(PIOTR, OfferStatus.WITHDRAWN, asked_at=None), offer(EWA))
    after = added(before, (offer(PIOTR),), NOW).record
    assert [(one.doctor_id, one.status) for one in after.offers] == [
        (ANNA, "delivered"), (EWA, "planned"), (PIOTR, "planned"),
    ]  # fmt: skip


def test_a_search_holds_thirty_doctors_and_no_more() -> None:
    many = tuple(offer(ANNA).but(id=f"o-{place}", doctor_id=f"d-{place}") for place in range(OFFERS_MAX))
    assert len(added(running(), many[3:], NOW).record.offers) == OFFERS_MAX == 30
    with pytest.raises(TooManyDoctors):
        added(running(), many[2:], NOW)


def test_who_was_asked_is_told_and_who_was_not_is_never_asked() -> None:
    before = running()
    assert told(before, removed(before, (ANNA, PIOTR), NOW)) == said(
        """
        doctors_removed count=2
          cascade.offers.0.status: delivered > withdrawn
          cascade.offers.1.status: planned > withdrawn
          cascade.arm: 3 > 4
          Later key=timer-v1-1-4 message=AskNextDoctor(visit_id=v1 epoch=1 arm=4 desk_id=key-d-ewa)
            at=24th 09:05
          SendSms key=offer_over-offer-v1-1-d-anna to=+48512000001 sender=+48732230001 body="Visita:
            oferta 7KJ nie jest juz aktualna, nie trzeba odpisywac. Dziekujemy!" marker=body
            valid_until=24th 21:00 about=v1
        """
    )


def test_who_has_answered_is_told_nothing_and_stays_as_they_answered() -> None:
    before = searching(offer(ANNA, OfferStatus.DECLINED), offer(EWA))
    decision = removed(before, (ANNA,), NOW)
    assert decision.record.offers == before.offers
    assert [type(one).__name__ for one in decision.effects] == ["Later"]


def test_a_doctor_who_is_not_in_the_search_cannot_be_removed_or_moved() -> None:
    with pytest.raises(NotInSearch):
        removed(running(), (JAN,), NOW)
    with pytest.raises(NotInSearch):
        reordered(running(), (JAN,), NOW)


def test_those_named_come_first_and_the_timer_learns_whose_turn_it_is() -> None:
    before = searching(
        offer(ANNA, DELIVERED), offer(PIOTR), offer(EWA), offer(ANNA).but(doctor_id="d-x", phone_key="key-x")
    )
    assert told(before, reordered(before, (EWA, "d-x", EWA), NOW)) == said(
        """
        doctors_reordered count=2
          cascade.offers.1.id: offer-v1-1-d-piotr > offer-v1-1-d-ewa
          cascade.offers.1.doctor_id: d-piotr > d-ewa
          cascade.offers.1.phone: +48512000002 > +48512000003
          cascade.offers.1.phone_key: key-d-piotr > key-d-ewa
          cascade.offers.2.id: offer-v1-1-d-ewa > offer-v1-1-d-anna
          cascade.offers.2.doctor_id: d-ewa > d-x
          cascade.offers.2.phone: +48512000003 > +48512000001
          cascade.offers.2.phone_key: key-d-ewa > key-x
          cascade.offers.3.id: offer-v1-1-d-anna > offer-v1-1-d-piotr
          cascade.offers.3.doctor_id: d-x > d-piotr
          cascade.offers.3.phone: +48512000001 > +48512000002
          cascade.offers.3.phone_key: key-x > key-d-piotr
          cascade.arm: 3 > 4
          Later key=timer-v1-1-4 message=AskNextDoctor(visit_id=v1 epoch=1 arm=4 desk_id=key-d-ewa)
            at=24th 09:05
        """
    )


def test_who_was_asked_cannot_be_moved() -> None:
    with pytest.raises(AlreadyAsked):
        reordered(running(), (ANNA,), NOW)


def test_another_interval_is_for_those_not_yet_asked() -> None:
    before = running()
    assert told(before, with_interval(before, 25, NOW)) == said(
        """
        interval_changed minutes=25
          cascade.offers.1.delay_minutes: 10 > 25
          cascade.offers.2.delay_minutes: 10 > 25
          cascade.arm: 3 > 4
          Later key=timer-v1-1-4 message=AskNextDoctor(visit_id=v1 epoch=1 arm=4 desk_id=key-d-piotr)
            at=24th 09:05
        """
    )


def test_a_step_that_is_overdue_stays_due_now() -> None:
    before = searching(offer(ANNA, DELIVERED), offer(EWA), next_at=NOW - MINUTE)
    assert with_interval(before, 25, NOW).record.due_at == NOW


def test_a_change_of_a_paused_search_arms_nothing() -> None:
    before = searching(
        offer(ANNA, DELIVERED), offer(EWA), status="paused", next_at=None, pause_reason="operator"
    )
    assert told(before, with_interval(before, 25, NOW)) == said(
        """
        interval_changed minutes=25
          cascade.offers.1.delay_minutes: 10 > 25
        """
    )
    assert with_interval(searching(offer(ANNA, DELIVERED), offer(EWA), next_at=None), 25, NOW).effects == ()


def test_who_held_the_search_up_is_removed_and_it_goes_on_at_once() -> None:
    before = searching(
        offer(ANNA, OfferStatus.SENDING), offer(EWA), status="paused", next_at=None, remaining_minutes=4,
        pause_reason=PROVIDER_OUT, held_offer=f"offer-v1-1-{ANNA}",
    )  # fmt: skip
    assert told(before, removed(before, (ANNA,), NOW)) == said(
        """
        doctors_removed count=1
          cascade.status: paused > running
          cascade.offers.0.status: sending > withdrawn
          cascade.arm: 3 > 4
          cascade.next_at: - > 24th 09:00
          cascade.remaining_minutes: 4.0 > 0.0
          cascade.pause_reason: provider_out > ""
          cascade.held_offer: offer-v1-1-d-anna > ""
          due_at: 24th 16:30 > 24th 09:00
          Later key=timer-v1-1-4 message=AskNextDoctor(visit_id=v1 epoch=1 arm=4 desk_id=key-d-ewa)
            at=24th 09:00
          SendSms key=offer_over-offer-v1-1-d-anna to=+48512000001 sender=+48732230001 body="Visita:
            oferta 7KJ nie jest juz aktualna, nie trzeba odpisywac. Dziekujemy!" marker=body
            valid_until=24th 21:00 about=v1
        """
    )
