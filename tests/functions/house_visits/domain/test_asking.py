"""The steps of a search: who is asked, with what letters, and when the next one's turn comes."""

from datetime import timedelta

import pytest

from functions.house_visits.domain.asking import (
    CLOCK_SLACK,
    Step,
    exhaust,
    is_current,
    next_step,
    turn_of,
)
from functions.house_visits.domain.cascade import AskNextDoctor
from functions.house_visits.domain.codes import ISSUABLE
from functions.house_visits.domain.desk import Desk, DeskEntry
from functions.house_visits.domain.offer import OfferStatus
from functions.house_visits.domain.visit import Visit, VisitStatus
from shared.kernel.times import QuietHours
from tests.functions.house_visits.domain.a_visit import (
    CLOSES,
    MINUTE,
    NOW,
    SENDER,
    at,
    offer,
    searching,
    visit,
    won_by_anna,
)
from tests.functions.house_visits.domain.told import said, told
from tests.people import ANNA, EWA, PIOTR
from tests.world import TENANT

OTHER_SENDER = "+48732230002"
DELIVERED = OfferStatus.DELIVERED
UNTIL_NOON = QuietHours(begins=at("07:00").time(), ends=at("12:00").time())
"""In Warsaw: until 11:00 UTC."""


def timer(epoch: int = 1, arm: int = 3, desk_id: str = f"key-{ANNA}") -> AskNextDoctor:
    return AskNextDoctor(visit_id="v1", epoch=epoch, arm=arm, desk_id=desk_id)


def desk(*entries: DeskEntry, **facts: object) -> Desk:
    return Desk(id=f"key-{ANNA}", tenant_id=TENANT, entries=entries).but(**facts)


def due(*offers: object, **facts: object) -> Visit:
    return searching(*offers, **{"next_at": NOW, **facts})  # type: ignore[arg-type]  # offers


def step(before: Visit, on: Desk | None = None, now: object = NOW, **told_to: object) -> Step | None:
    return next_step(before, timer(**told_to), on or desk(), (SENDER, OTHER_SENDER), 0, now)  # type: ignore[arg-type]  # an epoch, an arm, an instant


def told_of(before: Visit, one: Step | None) -> str:
    return told(before, one.decision if one else None)


def test_the_next_doctor_is_texted_and_the_turn_of_the_one_after_is_armed() -> None:
    before = due(offer(ANNA), offer(PIOTR))
    one = step(before)
    assert told_of(before, one) == said(
        """
        doctor_asked doctor_id=d-anna
          cascade.offers.0.status: planned > sending
          cascade.offers.0.sender: "" > +48732230001
          cascade.offers.0.code: "" > 23N
          cascade.offers.0.asked_at: - > 24th 09:00
          cascade.arm: 3 > 4
          cascade.next_at: 24th 09:00 > 24th 09:10
          due_at: 24th 09:00 > 24th 09:10
          SendSms key=offer-v1-1-d-anna guard=Guard(kind=visits record_id=v1 epoch=1 listed_in=open_to
            entry=d-anna) to=+48512000001 sender=+48732230001 body="Visita: wizyta domowa, choroby
            wewnetrzne, Warszawa Mokotow, wt. 24.11 14:00-18:00. Bierzesz? Odpisz TAK 23N albo NIE 23N."
            marker=23N valid_until=24th 16:30 about=v1
          Later key=timer-v1-1-4 message=AskNextDoctor(visit_id=v1 epoch=1 arm=4 desk_id=key-d-piotr)
            at=24th 09:10
        """
    )
    assert one is not None
    assert one.desk is not None
    assert one.desk.entries == (
        DeskEntry(
            visit_id="v1", offer_id="offer-v1-1-d-anna", doctor_id=ANNA, sender=SENDER, code=ISSUABLE[0],
            offered_at=NOW, closes_at=CLOSES,
        ),
    )  # fmt: skip


def test_an_exclusive_search_takes_the_offer_back_from_who_did_not_answer() -> None:
    before = due(offer(PIOTR, DELIVERED), offer(ANNA), policy="exclusive")
    one = step(before)
    assert told_of(before, one) == said(
        """
        doctor_asked doctor_id=d-anna
          cascade.offers.0.status: delivered > withdrawn
          cascade.offers.1.status: planned > sending
          cascade.offers.1.sender: "" > +48732230001
          cascade.offers.1.code: "" > 23N
          cascade.offers.1.asked_at: - > 24th 09:00
          cascade.arm: 3 > 4
          cascade.next_at: 24th 09:00 > 24th 09:10
          due_at: 24th 09:00 > 24th 09:10
          SendSms key=offer-v1-1-d-anna guard=Guard(kind=visits record_id=v1 epoch=1 listed_in=open_to
            entry=d-anna) to=+48512000001 sender=+48732230001 body="Visita: wizyta domowa, choroby
            wewnetrzne, Warszawa Mokotow, wt. 24.11 14:00-18:00. Bierzesz? Odpisz TAK 23N albo NIE 23N."
            marker=23N valid_until=24th 16:30 about=v1
          SendSms key=offer_over-offer-v1-1-d-piotr to=+48512000002 sender=+48732230001 body="Visita:
            oferta WR6 nie jest juz aktualna, nie trzeba odpisywac. Dziekujemy!" marker=body
            valid_until=24th 21:00 about=v1
          Later key=timer-v1-1-4 message=AskNextDoctor(visit_id=v1 epoch=1 arm=4 desk_id="") at=24th 09:10
        """
    )


@pytest.mark.parametrize(
    "before",
    [
        due(offer(ANNA)).but(epoch=2),
        due(offer(ANNA), arm=4),
        due(offer(ANNA)).but(status=VisitStatus.OUTSIDE),
        due(offer(ANNA), status="cancelled"),
        won_by_anna(offer(PIOTR)).but(epoch=1),
        visit(VisitStatus.OFFERING),
    ],
)
def test_a_timer_of_another_step_finds_nothing_to_do(before: Visit) -> None:
    assert not is_current(before, timer())
    assert step(before) is None


def test_a_paused_search_asks_nobody_and_its_timer_is_not_out_of_date() -> None:
    before = due(offer(ANNA), status="paused", next_at=None)
    assert is_current(before, timer())
    assert step(before) is None


def test_a_timer_that_comes_early_waits_for_its_time() -> None:
    before = due(offer(ANNA), next_at=NOW + 6 * timedelta(seconds=1))
    one = step(before)
    assert told_of(before, one) == said(
        """
        timer_was_early
          cascade.arm: 3 > 4
          Later key=timer-v1-1-4 message=AskNextDoctor(visit_id=v1 epoch=1 arm=4 desk_id=key-d-anna)
            at=24th 09:00:06
        """
    )


def test_clocks_that_differ_by_some_seconds_hold_nobody_up() -> None:
    one = step(due(offer(ANNA), next_at=NOW + CLOCK_SLACK))
    assert one is not None
    assert one.decision.did == "doctor_asked"


@pytest.mark.parametrize("status", ["running", "paused"])
def test_at_the_end_of_the_visits_time_people_search_whatever_the_search_waited_for(status: str) -> None:
    before = due(offer(PIOTR, DELIVERED), offer(ANNA), status=status)
    one = step(before, now=CLOSES)
    assert told_of(before, one).splitlines()[0] == "search_exhausted reason=no_time_left"
    last = step(due(offer(ANNA)), now=CLOSES - MINUTE)
    assert last is not None
    assert last.decision.did == "doctor_asked"
    assert last.decision.record.due_at == CLOSES


def test_when_nobody_is_left_people_search_and_are_told_so() -> None:
    before = due(offer(PIOTR, DELIVERED))
    one = step(before)
    assert told_of(before, one) == said(
        """
        search_exhausted reason=nobody_accepted
          status: offering > outside
          epoch: 1 > 2
          cascade.status: running > exhausted
          cascade.offers.0.status: delivered > expired
          cascade.next_at: 24th 09:00 > -
          outside: - > OutsideWork(opened_at=24th 09:00 due_at=24th 09:30 reason=nobody_accepted)
          attention: "" > outside_search
          due_at: 24th 09:00 > -
          Publish key=outside-v1-1 message=OutsideSearchOpened(visit_id=v1)
        """
    )


def test_in_quiet_hours_the_search_waits_for_their_end() -> None:
    before = due(offer(ANNA, quiet_hours=UNTIL_NOON), offer(PIOTR))
    one = step(before)
    assert told_of(before, one) == said(
        """
        waiting_for_quiet_hours
          cascade.arm: 3 > 4
          cascade.next_at: 24th 09:00 > 24th 11:00
          due_at: 24th 09:00 > 24th 11:00
          Later key=timer-v1-1-4 message=AskNextDoctor(visit_id=v1 epoch=1 arm=4 desk_id=key-d-anna)
            at=24th 11:00
        """
    )


def test_a_search_that_skips_asks_the_first_who_may_be_asked_now() -> None:
    before = due(offer(ANNA, quiet_hours=UNTIL_NOON), offer(PIOTR), quiet="skip")
    one = step(before, desk_id=f"key-{PIOTR}")
    assert one is not None
    assert one.decision.details == {"doctor_id": PIOTR}


def test_a_timer_that_read_the_desk_of_somebody_in_quiet_hours_is_armed_with_that_of_who_is_asked() -> None:
    one = step(due(offer(ANNA, quiet_hours=UNTIL_NOON), offer(PIOTR), quiet="skip"))
    assert one is not None
    assert (one.decision.did, one.decision.record.due_at) == ("order_changed", NOW)
    assert [letter.message.desk_id for letter in one.decision.effects] == [f"key-{PIOTR}"]  # type: ignore[attr-defined]  # a timer


def test_a_search_that_skips_waits_for_the_first_quiet_hours_to_end_where_all_are_quiet() -> None:
    until_one = QuietHours(begins=at("07:00").time(), ends=at("13:00").time())
    longer, shorter = offer(PIOTR, quiet_hours=until_one), offer(ANNA, quiet_hours=UNTIL_NOON)
    for offers in ((longer, shorter), (shorter, longer)):
        one = step(due(*offers, quiet="skip"))
        assert one is not None
        assert (one.decision.did, one.decision.record.due_at) == ("waiting_for_quiet_hours", at("11:00"))


def test_quiet_hours_that_last_longer_than_the_visit_can_wait_pass_the_turn_on() -> None:
    all_day = QuietHours(begins=at("07:00").time(), ends=at("20:00").time())
    for quiet in ("hold", "skip"):
        one = step(due(offer(ANNA, quiet_hours=all_day), offer(PIOTR), quiet=quiet), desk_id=f"key-{PIOTR}")
        assert one is not None
        assert one.decision.details == {"doctor_id": PIOTR}
        nobody = step(due(offer(ANNA, quiet_hours=all_day), quiet=quiet))
        assert nobody is not None
        assert nobody.decision.details == {"reason": "nobody_accepted"}


def test_quiet_hours_that_end_with_the_visits_time_are_too_long() -> None:
    until_close = QuietHours(begins=at("07:00").time(), ends=at("17:30").time())
    for quiet in ("hold", "skip"):
        one = step(due(offer(ANNA, quiet_hours=until_close), quiet=quiet))
        assert one is not None
        assert one.decision.did == "search_exhausted"


def test_an_urgent_search_texts_in_quiet_hours() -> None:
    one = step(due(offer(ANNA, quiet_hours=UNTIL_NOON), quiet="ask"))
    assert one is not None
    assert one.decision.did == "doctor_asked"


def test_a_timer_that_read_another_desk_is_armed_again_with_the_right_one() -> None:
    before = due(offer(ANNA), offer(PIOTR))
    one = step(before, desk_id=f"key-{PIOTR}")
    assert told_of(before, one) == said(
        """
        order_changed
          cascade.arm: 3 > 4
          Later key=timer-v1-1-4 message=AskNextDoctor(visit_id=v1 epoch=1 arm=4 desk_id=key-d-anna)
            at=24th 09:00
        """
    )


def test_a_phone_that_wants_no_texts_is_passed_over() -> None:
    before = due(offer(ANNA), offer(PIOTR))
    one = step(before, desk(opted_out=True))
    assert told_of(before, one) == said(
        """
        doctor_skipped_opted_out doctor_id=d-anna
          cascade.offers.0.status: planned > withdrawn
          cascade.offers.0.error_code: 0 > 21610
          cascade.arm: 3 > 4
          Later key=timer-v1-1-4 message=AskNextDoctor(visit_id=v1 epoch=1 arm=4 desk_id=key-d-piotr)
            at=24th 09:00
        """
    )


def test_a_phone_with_no_code_left_is_passed_over() -> None:
    full = desk(*(entry(code) for code in ISSUABLE))
    before = due(offer(ANNA), offer(PIOTR))
    one = step(before, full)
    assert told_of(before, one) == said(
        """
        doctor_skipped_no_code_left doctor_id=d-anna
          cascade.offers.0.status: planned > withdrawn
          cascade.arm: 3 > 4
          Later key=timer-v1-1-4 message=AskNextDoctor(visit_id=v1 epoch=1 arm=4 desk_id=key-d-piotr)
            at=24th 09:00
        """
    )


def entry(code: str, sender: str = SENDER) -> DeskEntry:
    return DeskEntry(visit_id="v0", offer_id="o", doctor_id=ANNA, sender=sender, code=code, offered_at=NOW)


def test_the_pool_number_with_the_fewest_offers_is_used_and_the_turn_goes_round() -> None:
    for entropy, held, used in (
        (0, (), SENDER),
        (1, (), OTHER_SENDER),
        (0, (SENDER,), OTHER_SENDER),
        (1, (OTHER_SENDER,), SENDER),
        (0, (SENDER, OTHER_SENDER, OTHER_SENDER), SENDER),
    ):
        on = desk(*(entry("XXX", sender) for sender in held))
        one = next_step(due(offer(ANNA)), timer(), on, (SENDER, OTHER_SENDER), entropy, NOW)
        assert one is not None
        assert one.decision.record.offers[0].sender == used


def test_the_last_doctor_of_a_search_without_intervals_has_ten_minutes() -> None:
    assert turn_of(offer(ANNA, delay_minutes=0), is_last=True) == 10 * MINUTE
    assert turn_of(offer(ANNA, delay_minutes=0), is_last=False) == 0 * MINUTE
    assert turn_of(offer(ANNA, delay_minutes=25), is_last=True) == 25 * MINUTE
    for others, minutes in (((), 10), ((offer(PIOTR),), 0)):
        one = step(due(offer(ANNA, delay_minutes=0), *others))
        assert one is not None
        assert one.decision.record.due_at == NOW + minutes * MINUTE


def test_a_search_that_ends_closes_what_is_open_and_leaves_the_rest_planned() -> None:
    before = searching(offer(ANNA, DELIVERED), offer(PIOTR, OfferStatus.DECLINED), offer(EWA))
    assert before.cascade is not None
    assert told(before, exhaust(before, before.cascade, NOW, "no_time_left")) == said(
        """
        search_exhausted reason=no_time_left
          status: offering > outside
          epoch: 1 > 2
          cascade.status: running > exhausted
          cascade.offers.0.status: delivered > expired
          cascade.next_at: 24th 09:05 > -
          outside: - > OutsideWork(opened_at=24th 09:00 due_at=24th 09:30 reason=no_time_left)
          attention: "" > outside_search
          due_at: 24th 09:05 > -
          Publish key=outside-v1-1 message=OutsideSearchOpened(visit_id=v1)
        """
    )
