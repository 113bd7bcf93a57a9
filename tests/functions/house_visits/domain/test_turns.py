"""A doctor's turn ends early; the clock of a search stands still, and goes on; reports of texts."""

import pytest

from functions.house_visits.domain.delivering import note_status
from functions.house_visits.domain.offer import OfferEvent, OfferStatus
from functions.house_visits.domain.turns import PROVIDER_OUT, moved_on, pause, resume
from functions.house_visits.domain.visit import Visit, VisitStatus
from shared.contracts.messaging import SmsStatus, SmsStatusChanged
from shared.kernel.records import Decision
from tests.functions.house_visits.domain.a_visit import (
    CLOSES,
    MINUTE,
    NOW,
    offer,
    searching,
    visit,
    won_by_anna,
)
from tests.functions.house_visits.domain.told import said, told
from tests.people import ANNA, EWA, PIOTR

SENDING, SENT, DELIVERED = OfferStatus.SENDING, OfferStatus.SENT, OfferStatus.DELIVERED


def report(status: SmsStatus, doctor_id: str = ANNA, error_code: int = 0) -> SmsStatusChanged:
    return SmsStatusChanged(
        letter_id=f"offer-v1-1-{doctor_id}", about="v1", status=status, error_code=error_code
    )  # fmt: skip


def held_up(offer_status: OfferStatus = SENDING, held: str = f"offer-v1-1-{ANNA}") -> Visit:
    """The provider does not take the text to Anna; four minutes of her turn are left."""
    return searching(
        offer(ANNA, offer_status), offer(EWA), status="paused", next_at=None, remaining_minutes=4,
        pause_reason=PROVIDER_OUT, held_offer=held,
    ).but(attention=PROVIDER_OUT)  # fmt: skip


def declined(before: Visit, place: int = 0) -> Decision[Visit]:
    ended = before.offers[place].after(OfferEvent.DECLINE, answered_at=NOW)
    return moved_on(before, ended, NOW, "declined", channel="sms")


def test_who_was_asked_last_says_no_and_the_next_one_is_asked_now() -> None:
    before = searching(offer(ANNA, DELIVERED), offer(EWA))
    assert told(before, declined(before)) == said(
        """
        declined doctor_id=d-anna channel=sms
          cascade.offers.0.status: delivered > declined
          cascade.offers.0.answered_at: - > 24th 09:00
          cascade.arm: 3 > 4
          cascade.next_at: 24th 09:05 > 24th 09:00
          due_at: 24th 09:05 > 24th 09:00
          Later key=timer-v1-1-4 message=AskNextDoctor(visit_id=v1 epoch=1 arm=4 desk_id=key-d-ewa)
            at=24th 09:00
        """
    )


def test_a_no_from_who_was_asked_before_leaves_the_latest_doctors_time_alone() -> None:
    before = searching(
        offer(ANNA, DELIVERED), offer(PIOTR, DELIVERED, asked_at=NOW - 5 * MINUTE), offer(EWA)
    )  # fmt: skip
    assert told(before, declined(before)) == said(
        """
        declined doctor_id=d-anna channel=sms
          cascade.offers.0.status: delivered > declined
          cascade.offers.0.answered_at: - > 24th 09:00
        """
    )
    assert declined(before, 1).effects != ()


def test_of_two_who_were_asked_at_once_either_no_moves_the_search_on() -> None:
    before = searching(offer(ANNA, DELIVERED), offer(PIOTR, DELIVERED), offer(EWA))
    assert declined(before, 0).effects != ()
    assert declined(before, 1).effects != ()


def test_a_no_while_a_person_has_paused_the_search_moves_nothing() -> None:
    before = searching(
        offer(ANNA, DELIVERED), offer(EWA), status="paused", next_at=None, pause_reason="operator"
    )
    assert told(before, declined(before)) == said(
        """
        declined doctor_id=d-anna channel=sms
          cascade.offers.0.status: delivered > declined
          cascade.offers.0.answered_at: - > 24th 09:00
        """
    )


def test_a_no_to_the_text_that_held_the_search_up_lets_it_go_on() -> None:
    before = held_up()
    assert told(before, declined(before)) == said(
        """
        declined doctor_id=d-anna channel=sms
          cascade.status: paused > running
          cascade.offers.0.status: sending > declined
          cascade.offers.0.answered_at: - > 24th 09:00
          cascade.arm: 3 > 4
          cascade.next_at: - > 24th 09:00
          cascade.remaining_minutes: 4.0 > 0.0
          cascade.pause_reason: provider_out > ""
          cascade.held_offer: offer-v1-1-d-anna > ""
          attention: provider_out > ""
          due_at: 24th 16:30 > 24th 09:00
          Later key=timer-v1-1-4 message=AskNextDoctor(visit_id=v1 epoch=1 arm=4 desk_id=key-d-ewa)
            at=24th 09:00
        """
    )


def test_a_pause_keeps_what_is_left_of_the_turn_and_still_ends_with_the_visits_time() -> None:
    before = searching(offer(ANNA, DELIVERED), offer(EWA))
    after, letters = pause(before, NOW, "operator", "o-1")
    assert told(before, Decision(after, "paused", {}, letters)) == said(
        """
        paused
          cascade.status: running > paused
          cascade.arm: 3 > 4
          cascade.next_at: 24th 09:05 > -
          cascade.remaining_minutes: 0.0 > 5.0
          cascade.pause_reason: "" > operator
          cascade.held_offer: "" > o-1
          due_at: 24th 09:05 > 24th 16:30
          Later key=timer-v1-1-4 message=AskNextDoctor(visit_id=v1 epoch=1 arm=4 desk_id=key-d-ewa)
            at=24th 16:30
        """
    )


def test_a_turn_that_is_over_leaves_nothing_to_a_pause() -> None:
    late = searching(offer(ANNA, DELIVERED), next_at=NOW - MINUTE)
    assert pause(late, NOW, "operator")[0].cascade.remaining_minutes == 0  # type: ignore[union-attr]  # it has one
    assert pause(searching(next_at=None), NOW, "operator")[0].cascade.remaining_minutes == 0  # type: ignore[union-attr]  # it has one


def test_a_search_goes_on_where_it_stopped() -> None:
    before = held_up()
    after, letters = resume(before, NOW)
    assert told(before, Decision(after, "resumed", {}, letters)) == said(
        """
        resumed
          cascade.status: paused > running
          cascade.arm: 3 > 4
          cascade.next_at: - > 24th 09:04
          cascade.remaining_minutes: 4.0 > 0.0
          cascade.pause_reason: provider_out > ""
          cascade.held_offer: offer-v1-1-d-anna > ""
          attention: provider_out > ""
          due_at: 24th 16:30 > 24th 09:04
          Later key=timer-v1-1-4 message=AskNextDoctor(visit_id=v1 epoch=1 arm=4 desk_id=key-d-ewa)
            at=24th 09:04
        """
    )


def test_what_a_person_must_look_at_is_not_forgotten_when_a_search_goes_on() -> None:
    after, _ = resume(held_up().but(attention="doctor_wrote"), NOW)
    assert after.attention == "doctor_wrote"


def test_a_search_that_goes_on_is_due_before_the_visits_time_is_over_or_at_once() -> None:
    assert resume(held_up(), CLOSES - MINUTE)[0].due_at == CLOSES
    assert resume(held_up(), CLOSES + MINUTE)[0].due_at == CLOSES + MINUTE


def test_a_report_that_an_offer_went_out_or_arrived_is_noted() -> None:
    before = searching(offer(ANNA, SENDING))
    assert told(before, note_status(before, report(SmsStatus.SENT), NOW)) == said(
        """
        offer_sent doctor_id=d-anna
          cascade.offers.0.status: sending > sent
        """
    )
    assert told(before, note_status(before, report(SmsStatus.DELIVERED), NOW)) == said(
        """
        offer_delivered doctor_id=d-anna
          cascade.offers.0.status: sending > delivered
        """
    )


@pytest.mark.parametrize("status", [SmsStatus.FAILED, SmsStatus.UNDELIVERED])
def test_an_offer_that_cannot_be_delivered_moves_the_search_on(status: SmsStatus) -> None:
    before = searching(offer(ANNA, SENT), offer(EWA))
    decision = note_status(before, report(status, error_code=30003), NOW)
    assert decision is not None
    assert decision.details == {"doctor_id": ANNA, "error_code": 30003}
    failed = decision.record.offers[0]
    assert (failed.status, failed.error_code, failed.answered_at) == (OfferStatus.FAILED, 30003, NOW)
    assert (decision.did, decision.record.due_at) == ("offer_not_delivered", NOW)


@pytest.mark.parametrize(
    ("before", "news"),
    [
        (searching(offer(ANNA, DELIVERED)), report(SmsStatus.SENT)),
        (searching(offer(ANNA, DELIVERED)), report(SmsStatus.FAILED)),
        (searching(offer(ANNA, SENT)), report(SmsStatus.SENT)),
        (searching(offer(ANNA, SENT)), report(SmsStatus.DELAYED)),
        (searching(offer(ANNA, SENDING)), report(SmsStatus.DELIVERED, PIOTR)),
        (searching(offer(ANNA, SENDING)).but(status=VisitStatus.OUTSIDE), report(SmsStatus.SENT)),
        (searching(offer(ANNA, SENDING)), report(SmsStatus.UNKNOWN)),
        (held_up(), report(SmsStatus.DELAYED)),
        (visit(VisitStatus.OFFERING), report(SmsStatus.SENT)),
        (won_by_anna(), report(SmsStatus.DELIVERED)),
    ],
)
def test_a_report_that_is_old_or_speaks_of_nothing_open_changes_nothing(
    before: Visit, news: SmsStatusChanged
) -> None:
    assert note_status(before, news, NOW) is None


def test_while_the_provider_takes_nothing_no_doctors_time_runs_out() -> None:
    before = searching(offer(ANNA, SENDING), offer(EWA))
    assert told(before, note_status(before, report(SmsStatus.DELAYED), NOW)) == said(
        """
        search_paused reason=provider_out
          cascade.status: running > paused
          cascade.arm: 3 > 4
          cascade.next_at: 24th 09:05 > -
          cascade.remaining_minutes: 0.0 > 5.0
          cascade.pause_reason: "" > provider_out
          cascade.held_offer: "" > offer-v1-1-d-anna
          attention: "" > provider_out
          due_at: 24th 09:05 > 24th 16:30
          Later key=timer-v1-1-4 message=AskNextDoctor(visit_id=v1 epoch=1 arm=4 desk_id=key-d-ewa)
            at=24th 16:30
        """
    )


def test_the_text_that_was_held_up_is_out_and_the_search_goes_on_by_itself() -> None:
    before = held_up()
    assert told(before, note_status(before, report(SmsStatus.SENT), NOW)) == said(
        """
        search_resumed
          cascade.status: paused > running
          cascade.offers.0.status: sending > sent
          cascade.arm: 3 > 4
          cascade.next_at: - > 24th 09:04
          cascade.remaining_minutes: 4.0 > 0.0
          cascade.pause_reason: provider_out > ""
          cascade.held_offer: offer-v1-1-d-anna > ""
          attention: provider_out > ""
          due_at: 24th 16:30 > 24th 09:04
          Later key=timer-v1-1-4 message=AskNextDoctor(visit_id=v1 epoch=1 arm=4 desk_id=key-d-ewa)
            at=24th 09:04
        """
    )
    unknown = note_status(before, report(SmsStatus.UNKNOWN), NOW)
    assert unknown is not None
    assert (unknown.did, unknown.record.due_at) == ("search_resumed", NOW + 4 * MINUTE)


def test_news_of_another_text_does_not_end_the_wait() -> None:
    before = held_up(held="offer-v1-1-other")
    sent = note_status(before, report(SmsStatus.SENT), NOW)
    assert sent is not None
    assert sent.did == "offer_sent"
    assert note_status(before, report(SmsStatus.UNKNOWN), NOW) is None
    any_text = note_status(held_up(held=""), report(SmsStatus.SENT), NOW)
    assert any_text is not None
    assert any_text.did == "search_resumed"


@pytest.mark.parametrize("status", [SmsStatus.SENT, SmsStatus.DELIVERED])
def test_a_text_that_goes_out_does_not_start_a_search_that_a_person_has_paused(status: SmsStatus) -> None:
    by_person = searching(
        offer(ANNA, SENDING), offer(EWA), status="paused", next_at=None, remaining_minutes=4,
        pause_reason="operator",
    )  # fmt: skip
    noted = note_status(by_person, report(status), NOW)
    assert noted is not None
    assert (noted.did, noted.effects) == (f"offer_{status}", ())
    assert note_status(by_person, report(SmsStatus.UNKNOWN), NOW) is None
