"""Yes and no: who wins, what is written then, and what each yes that does not win comes to."""

import pytest

from functions.house_visits.domain.diary import Diary
from functions.house_visits.domain.doctor_letters import told_yours
from functions.house_visits.domain.offer import Offer, OfferStatus
from functions.house_visits.domain.visit import Channel, Visit, VisitStatus
from functions.house_visits.domain.winning import ATTENTION, REFUSALS, TEXTS, Result, accept, decline
from shared.contracts.directory import Doctor
from tests.functions.house_visits.domain.a_visit import (
    CLOSES,
    MINUTE,
    NOW,
    doctor,
    offer,
    searched_outside,
    searching,
    visit,
    won_by_anna,
)
from tests.functions.house_visits.domain.told import said, told
from tests.people import ANNA, EWA, PIOTR
from tests.world import TENANT

FREE = Diary(id=ANNA, tenant_id=TENANT)
DELIVERED = OfferStatus.DELIVERED


def asked() -> Visit:
    """Anna and Piotr hold the offer, Ewa is next."""
    found = searching(offer(ANNA, DELIVERED), offer(PIOTR, DELIVERED), offer(EWA))
    return found.but(attention="doctor_wrote")


def result(
    visit: Visit, one: Offer | None = None, who: Doctor | None = None, diary: Diary = FREE, now: object = NOW
) -> Result:
    mine = one or offer(ANNA, DELIVERED)
    return accept(visit, mine, who or doctor(ANNA), diary, Channel.SMS, now).result  # type: ignore[arg-type]  # an instant


def test_the_first_yes_books_and_tells_the_winner_the_others_the_patient_and_the_other_modules() -> None:
    before = asked()
    acceptance = accept(before, offer(ANNA, DELIVERED), doctor(ANNA), FREE, Channel.SMS, NOW)
    assert acceptance.result == Result.WON
    assert told(before, acceptance.decision) == said(
        """
        booked doctor_id=d-anna channel=sms
          status: offering > booked
          epoch: 1 > 2
          cascade.status: running > won
          cascade.offers.0.status: delivered > accepted
          cascade.offers.0.answered_at: - > 24th 09:00
          cascade.offers.1.status: delivered > lost
          cascade.next_at: 24th 09:05 > -
          winner: - > Winner(channel=sms doctor_id=d-anna offer_id=offer-v1-1-d-anna won_at=24th 09:00)
          attention: doctor_wrote > ""
          due_at: 24th 09:05 > -
          SendSms key=won-offer-v1-1-d-anna guard=Guard(kind=visits record_id=v1 epoch=2) to=+48512000001
            sender=+48732230001 body="Visita: wizyta 7KJ jest Twoja, wt. 24.11 14:00-18:00. Adres i dane w
            aplikacji. Dziekujemy!" marker=body valid_until=24th 17:00 about=v1 once=False
          SendSms key=closed-offer-v1-1-d-piotr to=+48512000002 sender=+48732230001 body="Visita: wizyta
            WR6 jest juz obsadzona, nie trzeba odpisywac. Dziekujemy!" marker=body valid_until=24th 21:00
            about=v1
          Later key=patient-v1-2-booked message=NotifyPatient(visit_id=v1 epoch=2 news=booked) at=24th
            09:00
          Publish key=booked-v1-2 message=VisitBooked(visit_id=v1 epoch=2)
        """
    )


def test_a_yes_that_does_not_win_is_a_line_in_the_log_and_changes_nothing_else() -> None:
    before = won_by_anna(offer(PIOTR, OfferStatus.LOST))
    late = accept(before, offer(PIOTR, OfferStatus.LOST), doctor(PIOTR), FREE, Channel.APP, NOW)
    assert told(before, late.decision) == said(
        """
        yes_did_not_win doctor_id=d-piotr result=taken channel=app
        """
    )


@pytest.mark.parametrize(
    ("attention", "wanted", "said"),
    [
        (searched_outside(offer(ANNA, OfferStatus.EXPIRED)), Result.OUTSIDE, "late_yes"),
        (visit(VisitStatus.CANCELLED), Result.CANCELLED, ""),
    ],
)
def test_a_person_must_look_at_a_yes_that_the_system_cannot_use(
    attention: Visit, wanted: Result, said: str
) -> None:
    acceptance = accept(attention, offer(ANNA, OfferStatus.EXPIRED), doctor(ANNA), FREE, Channel.SMS, NOW)
    assert acceptance.result == wanted
    assert acceptance.decision.record.attention == said
    assert acceptance.decision.effects == ()


def test_who_said_yes_to_a_visit_that_is_over_must_not_set_out_even_if_it_was_theirs() -> None:
    for ended in (VisitStatus.CANCELLED, VisitStatus.CLOSED_UNFILLED):
        assert result(won_by_anna().but(status=ended)) == Result.CANCELLED


def test_each_yes_means_what_is_true_at_its_instant() -> None:
    assert result(asked()) == Result.WON
    assert result(won_by_anna()) == Result.ALREADY_YOURS
    assert result(won_by_anna(), offer(PIOTR, OfferStatus.LOST)) == Result.TAKEN
    assert result(asked(), offer(ANNA, OfferStatus.WITHDRAWN)) == Result.WITHDRAWN
    assert result(visit(), offer(ANNA, DELIVERED)) == Result.WITHDRAWN
    assert result(asked(), offer(ANNA, OfferStatus.LOST)) == Result.OUTSIDE
    assert result(visit(), offer(ANNA, OfferStatus.LOST)) == Result.WITHDRAWN
    assert result(searched_outside()) == Result.OUTSIDE


def test_the_visit_can_be_taken_until_half_an_hour_before_its_window_ends_and_not_then() -> None:
    assert result(asked(), now=CLOSES - MINUTE) == Result.WON
    assert result(asked(), now=CLOSES) == Result.TOO_LATE
    assert result(searched_outside(), now=CLOSES) == Result.TOO_LATE


def test_only_an_active_doctor_of_ours_wins() -> None:
    assert result(asked(), who=doctor(ANNA, active=False)) == Result.NOT_ACTIVE
    gone = accept(asked(), offer(ANNA, DELIVERED), None, FREE, Channel.SMS, NOW)
    assert gone.result == Result.NOT_ACTIVE
    assert gone.decision.record.attention == "inactive_doctor_said_yes"


def test_a_doctor_with_another_visit_at_that_time_does_not_win_and_a_person_hears_of_it() -> None:
    busy = FREE.with_visit("v2", asked().span, NOW)
    clash = accept(asked(), offer(ANNA, DELIVERED), doctor(ANNA), busy, Channel.SMS, NOW)
    assert (clash.result, clash.decision.record.attention) == (Result.CLASH, "doctor_has_clash")
    assert result(asked(), diary=FREE.with_visit("v1", asked().span, NOW)) == Result.WON


def test_every_result_but_the_first_has_its_text_and_its_refusal() -> None:
    assert {*TEXTS} == {*Result} - {Result.WON}
    assert {*REFUSALS} == {*Result} - {Result.WON, Result.ALREADY_YOURS}
    assert {one: TEXTS[one] for one in ATTENTION} == dict.fromkeys(ATTENTION, "operator_calls")
    assert {one.value: text for one, text in TEXTS.items() if one not in ATTENTION} == {
        "already_yours": "already_yours",
        "taken": "taken",
        "cancelled": "not_needed",
        "too_late": "too_late",
        "withdrawn": "offer_over",
    }


def test_a_no_asks_the_next_doctor_at_once() -> None:
    before = searching(offer(ANNA, DELIVERED), offer(EWA))
    assert told(before, decline(before, offer(ANNA, DELIVERED), NOW, Channel.SMS)) == said(
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


def test_a_no_from_who_was_to_come_is_looked_at_by_a_person_at_once() -> None:
    before = won_by_anna()
    mine = before.offers[0]
    assert told(before, decline(before, mine, NOW, Channel.APP)) == said(
        """
        winner_said_no doctor_id=d-anna channel=app
          attention: "" > winner_said_no
        """
    )


def test_a_no_to_what_is_over_is_a_line_in_the_log_and_nothing_else() -> None:
    before = won_by_anna(offer(PIOTR, OfferStatus.LOST))
    assert told(before, decline(before, before.offers[1], NOW, Channel.SMS)) == said(
        """
        late_no doctor_id=d-piotr channel=sms
        """
    )
    again = searching(offer(ANNA, OfferStatus.DECLINED), offer(EWA))
    assert told(again, decline(again, again.offers[0], NOW, Channel.SMS)) == said(
        """
        late_no doctor_id=d-anna channel=sms
        """
    )
    over = won_by_anna().but(status=VisitStatus.COMPLETED)
    assert decline(over, over.offers[0], NOW, Channel.SMS).did == "late_no"
    waiting = searched_outside(offer(ANNA, DELIVERED))
    assert decline(waiting, waiting.offers[0], NOW, Channel.SMS).did == "late_no"


def test_who_is_booked_when_the_window_is_over_or_nearly_so_is_told_for_five_minutes() -> None:
    won = won_by_anna()
    ends = won.window.ends_at
    for now, until in (
        (NOW, ends),
        (ends - 6 * MINUTE, ends),
        (ends - 4 * MINUTE, ends + MINUTE),
        (ends, ends + 5 * MINUTE),
    ):
        assert told_yours(won, won.offers[0], now).valid_until == until
