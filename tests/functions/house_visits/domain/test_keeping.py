"""A visit on its way: notes, the place, another time, an end; whoever must know of it is told."""

import pytest

from functions.house_visits.domain.ending import cancel
from functions.house_visits.domain.keeping import TooEarly, completed, no_show, note, pinned, rescheduled
from functions.house_visits.domain.missing import missed
from functions.house_visits.domain.offer import OfferStatus
from functions.house_visits.domain.reopening import withdraw_winner
from functions.house_visits.domain.requesting import WindowPassed
from functions.house_visits.domain.turns import PROVIDER_OUT
from functions.house_visits.domain.visit import Channel, Visit, Winner
from shared.contracts.geocoding import GeocodeQuality
from shared.kernel.places import Position
from tests.functions.house_visits.domain.a_visit import (
    CLOSES,
    MINUTE,
    NOW,
    asking_clinic,
    at,
    offer,
    searched_outside,
    searching,
    visit,
    won_by_anna,
    won_by_clinic,
)
from tests.functions.house_visits.domain.told import said, told
from tests.people import AFTERNOON, ANNA, EWA, PIOTR

DELIVERED = OfferStatus.DELIVERED
TOMORROW = AFTERNOON.but(day=at("09:00", 25).date())
BEGINS = AFTERNOON.starts_at


def phoned() -> Visit:
    """Somebody of the outside world comes; a person found them."""
    winner = Winner(channel=Channel.OUTSIDE, outside_name="Jan Kos", won_at=NOW)
    return searched_outside().but(status="booked", winner=winner, attention="")


def test_a_note_is_a_line_by_hand_and_takes_the_visit_off_the_list_only_if_said_so() -> None:
    before = visit(attention="doctor_wrote")
    assert told(before, note(before, "called back", settled=True)) == said(
        """
        noted settled=True note "called back" by hand
          attention: doctor_wrote > ""
        """
    )
    assert told(before, note(before, "no answer", settled=False)) == said(
        """
        noted settled=False note "no answer" by hand
        """
    )


def test_a_pin_is_better_than_any_geocoder_and_set_once() -> None:
    before = visit()
    there = Position(lat=52.2, lon=21.0)
    decision = pinned(before, there)
    assert told(before, decision) == said(
        """
        address_pinned
          address.position.lat: 52.2297 > 52.2
          address.position.lon: 21.0122 > 21.0
          address.quality: rooftop > manual_pin
        """
    )
    assert decision is not None
    assert decision.record.address.quality == GeocodeQuality.MANUAL_PIN
    assert pinned(decision.record, there) is None


def test_a_cancelled_search_tells_whoever_has_not_said_no_and_the_patient() -> None:
    before = searching(offer(ANNA, DELIVERED), offer(PIOTR, OfferStatus.DECLINED), offer(EWA))
    before = before.but(attention="doctor_wrote")
    assert told(before, cancel(before, "patient_well", NOW)) == said(
        """
        cancelled reason=patient_well
          status: offering > cancelled
          epoch: 1 > 2
          cascade.status: running > cancelled
          cascade.offers.0.status: delivered > withdrawn
          cascade.next_at: 24th 09:05 > -
          attention: doctor_wrote > ""
          due_at: 24th 09:05 > -
          SendSms key=not_needed-offer-v1-1-d-anna to=+48512000001 sender=+48732230001 body="Visita:
            wizyta 7KJ nie jest juz potrzebna. Dziekujemy!" marker=body valid_until=24th 21:00 about=v1
          Later key=patient-v1-2-cancelled message=NotifyPatient(visit_id=v1 epoch=2 news=cancelled)
            at=24th 09:00
        """
    )


def test_a_cancelled_booking_tells_the_winner_and_the_other_modules() -> None:
    before = won_by_anna(offer(PIOTR, OfferStatus.LOST))
    assert told(before, cancel(before, "patient_well", NOW)) == said(
        """
        cancelled reason=patient_well
          status: booked > cancelled
          epoch: 2 > 3
          SendSms key=not_needed-offer-v1-1-d-anna to=+48512000001 sender=+48732230001 body="Visita:
            wizyta 7KJ nie jest juz potrzebna. Dziekujemy!" marker=body valid_until=24th 21:00 about=v1
          Later key=patient-v1-3-cancelled message=NotifyPatient(visit_id=v1 epoch=3 news=cancelled)
            at=24th 09:00
          Publish key=released-v1-3 message=VisitReleased(visit_id=v1 epoch=3)
        """
    )


def test_a_cancelled_request_to_a_clinic_is_taken_back_there_also_if_nobody_knows_whether_it_booked() -> None:
    before = asking_clinic()
    assert told(before, cancel(before, "patient_well", NOW)) == said(
        """
        cancelled reason=patient_well
          status: unknown_outcome > cancelled
          epoch: 1 > 2
          due_at: 24th 09:03 > -
          Later key=release-v1-1-1-0 message=CancelAtClinic(visit_id=v1 clinic_id=c-1 key=v1-1-1) at=24th
            09:00
          Later key=patient-v1-2-cancelled message=NotifyPatient(visit_id=v1 epoch=2 news=cancelled)
            at=24th 09:00
        """
    )
    held = won_by_clinic()
    assert told(held, cancel(held, "patient_well", NOW)) == said(
        """
        cancelled reason=patient_well
          status: booked > cancelled
          epoch: 2 > 3
          Later key=release-v1-1-1-0 message=CancelAtClinic(visit_id=v1 clinic_id=c-1 key=v1-1-1) at=24th
            09:00
          Later key=patient-v1-3-cancelled message=NotifyPatient(visit_id=v1 epoch=3 news=cancelled)
            at=24th 09:00
          Publish key=released-v1-3 message=VisitReleased(visit_id=v1 epoch=3)
        """
    )


def test_another_time_is_news_for_the_winner_and_the_visit_is_free_again() -> None:
    before = won_by_anna(offer(PIOTR, OfferStatus.LOST))
    assert told(before, rescheduled(before, TOMORROW, NOW)) == said(
        """
        rescheduled was_taken=True
          status: booked > requested
          window.day: 2026-11-24 > 2026-11-25
          window_starts_at: 24th 13:00 > 25th 13:00
          epoch: 2 > 3
          winner: Winner > -
          SendSms key=moved-offer-v1-1-d-anna to=+48512000001 sender=+48732230001 body="Visita: wizyta 7KJ
            zostala przelozona na inny dzien lub godzine, prosimy nie jechac." marker=body
            valid_until=24th 21:00 about=v1
          Publish key=released-v1-3 message=VisitReleased(visit_id=v1 epoch=3)
          Later key=patient-v1-3-rescheduled message=NotifyPatient(visit_id=v1 epoch=3 news=rescheduled)
            at=24th 09:00
        """
    )


def test_another_time_ends_the_search_for_the_old_one() -> None:
    before = searching(offer(ANNA, DELIVERED), offer(PIOTR)).but(attention="doctor_wrote")
    assert told(before, rescheduled(before, TOMORROW, NOW)) == said(
        """
        rescheduled was_taken=False
          status: offering > requested
          window.day: 2026-11-24 > 2026-11-25
          window_starts_at: 24th 13:00 > 25th 13:00
          epoch: 1 > 2
          cascade.status: running > cancelled
          cascade.offers.0.status: delivered > withdrawn
          cascade.next_at: 24th 09:05 > -
          attention: doctor_wrote > ""
          due_at: 24th 09:05 > -
          SendSms key=not_needed-offer-v1-1-d-anna to=+48512000001 sender=+48732230001 body="Visita:
            wizyta 7KJ nie jest juz potrzebna. Dziekujemy!" marker=body valid_until=24th 21:00 about=v1
        """
    )


def test_another_time_gives_the_clinics_slot_back() -> None:
    before = won_by_clinic()
    decision = rescheduled(before, TOMORROW, NOW)
    assert decision is not None
    assert decision.record.clinic_request is None
    assert [type(one).__name__ for one in decision.effects] == ["Later", "Publish", "Later"]
    assert decision.effects[0].key == "release-v1-1-1-0"


def test_who_was_found_outside_is_phoned_and_a_patient_with_an_entry_in_the_calendar_is_told() -> None:
    assert rescheduled(phoned(), TOMORROW, NOW).record.attention == "phone_who_was_to_come"  # type: ignore[union-attr]  # it is another time
    asked = phoned().but(winner=phoned().winner.but(offer_id="o-1"))  # type: ignore[union-attr]  # there is one
    for told_by_us in (asked, won_by_anna(), won_by_clinic()):
        assert rescheduled(told_by_us, TOMORROW, NOW).record.attention == ""  # type: ignore[union-attr]  # it is another time
    invited = rescheduled(visit(invited=True), TOMORROW, NOW)
    assert invited is not None
    assert [one.key for one in invited.effects] == ["patient-v1-2-rescheduled"]
    assert rescheduled(visit(), TOMORROW, NOW).effects == ()  # type: ignore[union-attr]  # it is another time


def test_the_same_time_again_changes_nothing_and_a_time_that_has_passed_is_refused() -> None:
    assert rescheduled(visit(), AFTERNOON, NOW) is None
    with pytest.raises(WindowPassed):
        rescheduled(visit(), AFTERNOON, CLOSES)


def test_a_visit_is_completed_once_it_has_begun() -> None:
    before = won_by_anna().but(attention="patient_not_reached", due_at=NOW)
    assert told(before, completed(before, BEGINS)) == said(
        """
        completed
          status: booked > completed
          epoch: 2 > 3
          attention: patient_not_reached > ""
          due_at: 24th 09:00 > -
        """
    )
    with pytest.raises(TooEarly):
        completed(before, BEGINS - MINUTE)


def test_nobody_at_home_ends_the_visit_and_a_person_phones() -> None:
    before = won_by_anna().but(due_at=NOW)
    assert told(before, no_show(before, "patient", BEGINS)) == said(
        """
        no_show who=patient
          status: booked > no_show
          epoch: 2 > 3
          attention: "" > patient_was_not_there
          due_at: 24th 09:00 > -
          Later key=patient-v1-3-patient_absent message=NotifyPatient(visit_id=v1 epoch=3
            news=patient_absent) at=24th 13:00
        """
    )
    with pytest.raises(TooEarly):
        no_show(before, "patient", BEGINS - MINUTE)


def test_a_doctor_who_did_not_come_is_told_off_and_others_are_asked_while_there_is_time() -> None:
    before = won_by_anna(offer(PIOTR, OfferStatus.LOST))
    assert told(before, no_show(before, "doctor", BEGINS)) == said(
        """
        winner_withdrew doctor_id=d-anna clinic_id="" reason=doctor_no_show
          status: booked > offering
          epoch: 2 > 3
          cascade.status: won > running
          cascade.offers.0.status: accepted > withdrawn
          cascade.offers.2: - > Offer(id=offer-v1-3-d-piotr doctor_id=d-piotr phone=+48512000002
            phone_key=key-d-piotr language=pl quiet_hours=QuietHours() delay_minutes=10)
          cascade.arm: 3 > 4
          cascade.next_at: - > 24th 13:00
          winner: Winner > -
          attention: "" > winner_withdrew
          due_at: - > 24th 13:00
          Later key=patient-v1-3-searching_again message=NotifyPatient(visit_id=v1 epoch=3
            news=searching_again) at=24th 13:00
          Later key=timer-v1-3-4 message=AskNextDoctor(visit_id=v1 epoch=3 arm=4 desk_id=key-d-piotr)
            at=24th 13:00
          SendSms key=not_needed-offer-v1-1-d-anna to=+48512000001 sender=+48732230001 body="Visita:
            wizyta 7KJ nie jest juz potrzebna. Dziekujemy!" marker=body valid_until=25th 01:00 about=v1
        """
    )
    late = no_show(before, "doctor", CLOSES)
    assert told(before, late) == said(
        """
        no_show who=doctor
          status: booked > no_show
          epoch: 2 > 3
          attention: "" > doctor_was_not_there
          Later key=patient-v1-3-doctor_absent message=NotifyPatient(visit_id=v1 epoch=3
            news=doctor_absent) at=24th 16:30
        """
    )
    assert told(before, missed(before, "doctor", CLOSES)) == told(before, late)


def test_a_clinic_that_sent_nobody_is_let_go() -> None:
    before = won_by_clinic()
    assert told(before, no_show(before, "doctor", BEGINS)) == said(
        """
        winner_withdrew doctor_id="" clinic_id=c-1 reason=doctor_no_show
          status: booked > requested
          epoch: 2 > 3
          winner: Winner > -
          clinic_request: ClinicRequest > -
          attention: "" > winner_withdrew
          Later key=patient-v1-3-searching_again message=NotifyPatient(visit_id=v1 epoch=3
            news=searching_again) at=24th 13:00
          Later key=release-v1-1-1-0 message=CancelAtClinic(visit_id=v1 clinic_id=c-1 key=v1-1-1) at=24th
            13:00
        """
    )


def test_a_winner_who_cannot_come_is_followed_by_those_not_asked_then_by_those_who_lost() -> None:
    before = won_by_anna(offer(PIOTR, OfferStatus.LOST), offer(EWA))
    assert told(before, withdraw_winner(before, NOW, "ill")) == said(
        """
        winner_withdrew doctor_id=d-anna clinic_id="" reason=ill
          status: booked > offering
          epoch: 2 > 3
          cascade.status: won > running
          cascade.offers.0.status: accepted > withdrawn
          cascade.offers.3: - > Offer(id=offer-v1-3-d-piotr doctor_id=d-piotr phone=+48512000002
            phone_key=key-d-piotr language=pl quiet_hours=QuietHours() delay_minutes=10)
          cascade.arm: 3 > 4
          cascade.next_at: - > 24th 09:00
          winner: Winner > -
          attention: "" > winner_withdrew
          due_at: - > 24th 09:00
          Later key=patient-v1-3-searching_again message=NotifyPatient(visit_id=v1 epoch=3
            news=searching_again) at=24th 09:00
          Later key=timer-v1-3-4 message=AskNextDoctor(visit_id=v1 epoch=3 arm=4 desk_id=key-d-ewa)
            at=24th 09:00
        """
    )


def test_what_held_a_search_up_before_it_was_won_does_not_hold_it_up_when_it_goes_on() -> None:
    won = won_by_anna(offer(EWA))
    assert won.cascade is not None
    paused = won.cascade.but(remaining_minutes=4, pause_reason=PROVIDER_OUT, held_offer=f"offer-v1-1-{ANNA}")
    search = withdraw_winner(won.but(cascade=paused), NOW, "ill").record.cascade
    assert search is not None
    assert (search.remaining_minutes, search.pause_reason, search.held_offer) == (0, "", "")


def test_where_nobody_is_left_to_ask_the_visit_begins_again() -> None:
    before = won_by_anna(offer(PIOTR, OfferStatus.DECLINED))
    assert told(before, withdraw_winner(before, NOW, "ill")) == said(
        """
        winner_withdrew doctor_id=d-anna clinic_id="" reason=ill
          status: booked > requested
          epoch: 2 > 3
          cascade: Cascade > -
          winner: Winner > -
          attention: "" > winner_withdrew
          Later key=patient-v1-3-searching_again message=NotifyPatient(visit_id=v1 epoch=3
            news=searching_again) at=24th 09:00
        """
    )


def test_a_winner_who_gives_back_too_late_or_was_not_found_by_the_search_starts_nothing() -> None:
    assert withdraw_winner(won_by_anna(offer(EWA)), CLOSES, "ill").record.status == "requested"
    assert withdraw_winner(won_by_anna(offer(EWA)), CLOSES - MINUTE, "ill").record.status == "offering"
    other = won_by_anna(offer(EWA))
    ended = other.but(cascade=other.cascade.but(status="cancelled"))  # type: ignore[union-attr]  # there is one
    assert withdraw_winner(ended, NOW, "ill").record.status == "requested"
    assert withdraw_winner(won_by_clinic(), NOW, "ill").details == {
        "doctor_id": "", "clinic_id": "c-1", "reason": "ill",
    }  # fmt: skip
