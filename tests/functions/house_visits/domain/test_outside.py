"""People search: they open it, own it, find somebody or say honestly that nobody was found."""

import pytest

from functions.house_visits.domain.diary import Diary
from functions.house_visits.domain.offer import OfferStatus
from functions.house_visits.domain.outside import (
    Agreed,
    DoctorCannotCome,
    NotSearchedOutside,
    SomebodyElseWorksOnIt,
    TimeMakesNoSense,
    claimed,
    found_doctor,
    found_outside,
    opened,
    unfilled,
)
from functions.house_visits.domain.visit import Visit
from shared.kernel.states import NotPossibleNow
from tests.functions.house_visits.domain.a_visit import (
    MINUTE,
    NOW,
    at,
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

DELIVERED, EXPIRED = OfferStatus.DELIVERED, OfferStatus.EXPIRED
FREE = Diary(id=ANNA, tenant_id=TENANT)
AT_THREE = Agreed(at("14:00"), at("15:00"))
ANY_TIME = Agreed()


def test_who_opens_the_search_owns_it_and_the_search_by_text_ends() -> None:
    before = searching(offer(ANNA, DELIVERED), offer(EWA)).but(attention="doctor_wrote")
    assert told(before, opened(before, "no time for texts", "op-7", NOW)) == said(
        """
        outside_search_opened note "no time for texts" by hand
          status: offering > outside
          epoch: 1 > 2
          cascade.status: running > cancelled
          cascade.offers.0.status: delivered > expired
          cascade.next_at: 24th 09:05 > -
          outside: - > OutsideWork(opened_at=24th 09:00 due_at=24th 09:30 reason=operator owner=op-7)
          attention: doctor_wrote > ""
          due_at: 24th 09:05 > -
          Publish key=outside-v1-1 message=OutsideSearchOpened(visit_id=v1)
        """
    )


def test_a_search_by_text_that_is_over_stays_as_it_is() -> None:
    before = searched_outside(offer(ANNA, EXPIRED)).but(status="requested", outside=None)
    assert opened(before, "r", "op-7", NOW).record.cascade == before.cascade
    assert opened(visit(), "r", "op-7", NOW).record.cascade is None


def test_a_search_is_taken_on_by_one_person_and_taken_over_only_if_said_so() -> None:
    before = searched_outside()
    assert told(before, claimed(before, "op-1", take_over=False)) == said(
        """
        outside_search_claimed owner=op-1 before=""
          outside.owner: "" > op-1
          attention: outside_search > ""
        """
    )
    theirs = searched_outside(owner="op-2")
    assert claimed(theirs, "op-2", take_over=False) is None
    with pytest.raises(SomebodyElseWorksOnIt):
        claimed(theirs, "op-1", take_over=False)
    assert told(theirs, claimed(theirs, "op-1", take_over=True)) == said(
        """
        outside_search_claimed owner=op-1 before=op-2
          outside.owner: op-2 > op-1
          attention: outside_search > ""
        """
    )


@pytest.mark.parametrize("before", [visit(), searched_outside().but(status="booked")])
def test_only_a_search_that_is_open_can_be_taken_on(before: Visit) -> None:
    with pytest.raises(NotSearchedOutside):
        claimed(before, "op-1", take_over=True)


def test_somebody_of_the_outside_world_is_booked_and_whoever_waits_is_told() -> None:
    before = searched_outside(
        offer(ANNA, EXPIRED), offer(PIOTR, EXPIRED, asked_at=None), offer(EWA, OfferStatus.DECLINED)
    )
    assert told(before, found_outside(before, "Jan Kos", "+48512000055", AT_THREE, NOW)) == said(
        """
        booked channel=outside doctor_id=""
          status: outside > booked
          epoch: 2 > 3
          winner: - > Winner(channel=outside outside_name="Jan Kos" outside_phone=+48512000055
            starts_at=24th 14:00 ends_at=24th 15:00 won_at=24th 09:00)
          outside.outcome: "" > booked
          outside.closed_at: - > 24th 09:00
          attention: outside_search > ""
          SendSms key=closed-offer-v1-1-d-anna to=+48512000001 sender=+48732230001 body="Visita: wizyta
            7KJ jest juz obsadzona, nie trzeba odpisywac. Dziekujemy!" marker=body valid_until=24th 21:00
            about=v1
          Later key=patient-v1-3-booked message=NotifyPatient(visit_id=v1 epoch=3 news=booked) at=24th
            09:00
          Publish key=booked-v1-3 message=VisitBooked(visit_id=v1 epoch=3)
        """
    )


def test_somebody_found_while_the_search_runs_wins_it() -> None:
    before = searching(offer(ANNA, DELIVERED), offer(EWA))
    assert told(before, found_outside(before, "Jan Kos", "", ANY_TIME, NOW)) == said(
        """
        booked channel=outside doctor_id=""
          status: offering > booked
          epoch: 1 > 2
          cascade.status: running > won
          cascade.offers.0.status: delivered > lost
          cascade.next_at: 24th 09:05 > -
          winner: - > Winner(channel=outside outside_name="Jan Kos" won_at=24th 09:00)
          due_at: 24th 09:05 > -
          SendSms key=closed-offer-v1-1-d-anna to=+48512000001 sender=+48732230001 body="Visita: wizyta
            7KJ jest juz obsadzona, nie trzeba odpisywac. Dziekujemy!" marker=body valid_until=24th 21:00
            about=v1
          Later key=patient-v1-2-booked message=NotifyPatient(visit_id=v1 epoch=2 news=booked) at=24th
            09:00
          Publish key=booked-v1-2 message=VisitBooked(visit_id=v1 epoch=2)
        """
    )


def test_a_doctor_of_ours_is_told_by_text_if_they_were_asked_by_text() -> None:
    before = searched_outside(offer(ANNA, EXPIRED), offer(PIOTR, EXPIRED))
    assert told(before, found_doctor(before, doctor(ANNA), FREE, ANY_TIME, NOW)) == said(
        """
        booked channel=outside doctor_id=d-anna
          status: outside > booked
          epoch: 2 > 3
          winner: - > Winner(channel=outside doctor_id=d-anna offer_id=offer-v1-1-d-anna won_at=24th
            09:00)
          outside.outcome: "" > booked
          outside.closed_at: - > 24th 09:00
          attention: outside_search > ""
          SendSms key=won-offer-v1-1-d-anna guard=Guard(kind=visits record_id=v1 epoch=3) to=+48512000001
            sender=+48732230001 body="Visita: wizyta 7KJ jest Twoja, wt. 24.11 14:00-18:00. Adres i dane w
            aplikacji. Dziekujemy!" marker=body valid_until=24th 17:00 about=v1 once=False
          SendSms key=closed-offer-v1-1-d-piotr to=+48512000002 sender=+48732230001 body="Visita: wizyta
            WR6 jest juz obsadzona, nie trzeba odpisywac. Dziekujemy!" marker=body valid_until=24th 21:00
            about=v1
          Later key=patient-v1-3-booked message=NotifyPatient(visit_id=v1 epoch=3 news=booked) at=24th
            09:00
          Publish key=booked-v1-3 message=VisitBooked(visit_id=v1 epoch=3)
        """
    )


def test_a_doctor_of_ours_who_was_not_asked_is_told_by_the_person_who_phoned() -> None:
    for before in (searched_outside(offer(ANNA)), searched_outside()):
        decision = found_doctor(before, doctor(ANNA), FREE, ANY_TIME, NOW)
        assert decision.record.winner is not None
        assert (decision.record.winner.doctor_id, decision.record.winner.offer_id) == (ANNA, "")
        assert [type(one).__name__ for one in decision.effects] == ["Later", "Publish"]


def test_a_doctor_who_is_not_active_or_is_taken_then_cannot_be_booked() -> None:
    before = searched_outside()
    with pytest.raises(DoctorCannotCome):
        found_doctor(before, doctor(ANNA, active=False), FREE, ANY_TIME, NOW)
    with pytest.raises(DoctorCannotCome):
        found_doctor(before, doctor(ANNA), FREE.with_visit("v2", before.span, NOW), ANY_TIME, NOW)
    other_hour = FREE.with_visit("v2", before.span.but(ends_at=at("13:20")), NOW)
    assert found_doctor(before, doctor(ANNA), other_hour, AT_THREE, NOW).did == "booked"


@pytest.mark.parametrize(
    "time",
    [
        Agreed(at("14:00"), None),
        Agreed(None, at("15:00")),
        Agreed(at("15:00"), at("15:00")),
        Agreed(at("15:00"), at("14:00")),
        Agreed(at("07:00"), NOW),
    ],
)
def test_a_time_that_makes_no_sense_is_refused_at_its_field(time: Agreed) -> None:
    with pytest.raises(TimeMakesNoSense) as refused:
        found_outside(searched_outside(), "Jan Kos", "", time, NOW)
    assert [one.pointer for one in refused.value.errors] == ["/ends_at"]


def test_a_time_that_has_begun_and_not_ended_may_be_recorded() -> None:
    begun = Agreed(NOW - MINUTE, NOW + MINUTE)
    assert found_outside(searched_outside(), "Jan Kos", "", begun, NOW).did == "booked"


def test_where_nobody_is_found_the_patient_is_told_so_and_whoever_waits_too() -> None:
    before = searched_outside(offer(ANNA, EXPIRED), offer(PIOTR, OfferStatus.DECLINED)).but(due_at=NOW)
    assert told(before, unfilled(before, "phoned everybody", NOW)) == said(
        """
        closed_unfilled note "phoned everybody" by hand
          status: outside > closed_unfilled
          epoch: 2 > 3
          outside.outcome: "" > closed_unfilled
          outside.closed_at: - > 24th 09:00
          attention: outside_search > ""
          due_at: 24th 09:00 > -
          SendSms key=not_needed-offer-v1-1-d-anna to=+48512000001 sender=+48732230001 body="Visita:
            wizyta 7KJ nie jest juz potrzebna. Dziekujemy!" marker=body valid_until=24th 21:00 about=v1
          Later key=patient-v1-3-unfilled message=NotifyPatient(visit_id=v1 epoch=3 news=unfilled) at=24th
            09:00
        """
    )
    quiet = unfilled(before, "", NOW)
    assert (quiet.note, quiet.manual) == ("", False)


def test_a_winner_of_the_search_by_text_cannot_be_replaced_by_hand() -> None:
    with pytest.raises(NotPossibleNow):
        found_outside(won_by_anna(), "Jan Kos", "", ANY_TIME, NOW)
