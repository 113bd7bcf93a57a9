"""What a clinic tells by itself, what it is asked then, and giving back what it holds."""

from datetime import timedelta

import pytest

from functions.house_visits.domain.clinic_letters import CancelAtClinic, CheckBooking
from functions.house_visits.domain.clinic_news import (
    CHECKS_MAX,
    acted,
    check_letter,
    checked,
    checked_again,
    heard,
    heard_id,
    is_about,
    is_being_booked,
    is_booked_under,
)
from functions.house_visits.domain.clinic_release import (
    ATTENTION_AFTER,
    NOT_RELEASED,
    TRIES_MAX,
    asked_again,
    not_released,
    release,
)
from functions.house_visits.domain.clinic_request import BookingStep
from functions.house_visits.domain.visit import Visit
from shared.contracts.clinic_booking import ClinicBooking, ClinicEvent, ClinicEventKind
from shared.contracts.clinic_talk import Answer, ClinicAnswer
from shared.kernel.effects import Later
from tests.functions.house_visits.domain.a_visit import (
    NOW,
    asking_clinic,
    at,
    visit,
    won_by_anna,
    won_by_clinic,
)
from tests.functions.house_visits.domain.told import said, told
from tests.world import TENANT

KEY = "v1-1-1"


def event(kind: ClinicEventKind = ClinicEventKind.CANCELLED, **facts: str) -> ClinicEvent:
    return ClinicEvent(
        clinic_id=facts.get("clinic_id", "c-1"), event_id="e-1", event=kind,
        booking_key=facts.get("key", KEY), occurred_at=NOW,
    )  # fmt: skip


def booked(starts: str, ends: str) -> ClinicAnswer:
    return ClinicAnswer(
        Answer.BOOKED, ClinicBooking(reference="r-1", starts_at=at(starts), ends_at=at(ends))
    )  # fmt: skip


def test_a_message_is_kept_for_ninety_days_so_that_its_copies_are_told_apart() -> None:
    one = heard(event(), TENANT, "acted", NOW)
    assert one.model_dump(exclude={"version", "id"}) == {
        "tenant_id": TENANT,
        "clinic_id": "c-1",
        "booking_key": KEY,
        "event": ClinicEventKind.CANCELLED,
        "occurred_at": NOW,
        "heard_at": NOW,
        "outcome": "acted",
        "expires_at": NOW + timedelta(days=90),
    }
    assert one.id == heard_id(event()) != heard_id(event(clinic_id="c-2"))
    assert len(one.id) == 40


def test_only_what_a_clinic_booked_is_booked_under_its_key() -> None:
    assert is_booked_under(won_by_clinic(), KEY)
    assert not is_booked_under(won_by_clinic(), "v1-1-2")
    assert not is_booked_under(won_by_clinic().but(status="completed"), KEY)
    assert not is_booked_under(won_by_clinic().but(clinic_request=None), KEY)
    assert not is_booked_under(won_by_anna().but(clinic_request=won_by_clinic().clinic_request), KEY)
    assert not is_booked_under(won_by_clinic().but(winner=None), KEY)


@pytest.mark.parametrize("before", [won_by_clinic(), asking_clinic()])
def test_an_event_is_about_a_request_that_stands_and_comes_from_its_clinic(before: Visit) -> None:
    assert is_about(before, event())
    assert not is_about(before, event(clinic_id="c-2"))
    assert not is_about(before, event(key="v1-1-2"))
    assert not is_about(visit(), event())


def test_a_clinics_cancellation_is_final_and_acted_upon_at_once() -> None:
    before = won_by_clinic()
    assert told(before, acted(before, event(), NOW)) == said(
        """
        winner_withdrew doctor_id="" clinic_id=c-1 reason=clinic_cancelled
          status: booked > requested
          epoch: 2 > 3
          winner: Winner > -
          clinic_request: ClinicRequest > -
          attention: "" > winner_withdrew
          Later key=patient-v1-3-searching_again message=NotifyPatient(visit_id=v1 epoch=3
            news=searching_again) at=24th 09:00
        """
    )


def test_whatever_else_a_clinic_says_is_asked_first() -> None:
    for kind in ClinicEventKind:
        assert (acted(won_by_clinic(), event(kind), NOW) is None) == (kind != ClinicEventKind.CANCELLED)
    assert acted(asking_clinic(), event(), NOW) is None


def test_a_check_names_its_cause_and_try() -> None:
    message = CheckBooking(visit_id="v1", key=KEY, cause="e-1", tries=2)
    assert check_letter("v1", KEY, "e-1", NOW, 2) == Later(key="check-e-1-2", message=message, at=NOW)
    assert check_letter("v1", KEY, "e-1", NOW).key == "check-e-1-0"


def test_a_clinic_that_does_not_answer_is_asked_again_and_in_the_end_a_person_is() -> None:
    waits = []
    for tries in range(CHECKS_MAX):
        asked = CheckBooking(visit_id="v1", key=KEY, cause="e-1", tries=tries)
        again = checked_again(won_by_clinic(), asked, NOW)
        assert isinstance(again, Later)
        assert again.message == asked.but(tries=tries + 1)
        waits.append((again.at - NOW).total_seconds() / 60)
    assert waits == [0.5, 1, 2, 4, 8, 15, 15, 15, 15, 15]
    before = won_by_clinic()
    last = checked_again(before, CheckBooking(visit_id="v1", key=KEY, cause="e-1", tries=CHECKS_MAX), NOW)
    assert not isinstance(last, Later)
    assert told(before, last) == said(
        """
        clinic_did_not_answer
          attention: "" > clinic_does_not_answer
        """
    )


def test_a_yes_may_be_on_its_way_only_while_a_slot_is_being_booked() -> None:
    assert is_being_booked(asking_clinic(), KEY)
    assert not is_being_booked(asking_clinic(), "v1-1-2")
    assert not is_being_booked(asking_clinic(step=BookingStep.ASK), KEY)
    assert not is_being_booked(won_by_clinic(), KEY)


def test_a_booking_that_stands_as_it_was_is_no_news() -> None:
    assert checked(won_by_clinic(), booked("13:00", "14:00"), NOW) is None


def test_a_booking_that_moved_within_the_window_is_news_for_the_patient() -> None:
    before = won_by_clinic()
    assert told(before, checked(before, booked("13:00", "14:30"), NOW)) == said(
        """
        clinic_moved clinic_id=c-1
          epoch: 2 > 3
          winner.ends_at: 24th 14:00 > 24th 14:30
          Later key=patient-v1-3-rescheduled message=NotifyPatient(visit_id=v1 epoch=3 news=rescheduled)
            at=24th 09:00
        """
    )
    other = checked(before, booked("13:30", "14:00"), NOW)
    assert other is not None
    assert other.did == "clinic_moved"


def test_a_booking_that_moved_out_of_the_window_is_given_back_and_the_visit_is_searched_for_again() -> None:
    before = won_by_clinic()
    assert told(before, checked(before, booked("08:00", "09:00"), NOW)) == said(
        """
        winner_withdrew doctor_id="" clinic_id=c-1 reason=clinic_moved
          status: booked > requested
          epoch: 2 > 3
          winner: Winner > -
          clinic_request: ClinicRequest > -
          attention: "" > winner_withdrew
          Later key=patient-v1-3-searching_again message=NotifyPatient(visit_id=v1 epoch=3
            news=searching_again) at=24th 09:00
          Later key=release-v1-1-1-0 message=CancelAtClinic(visit_id=v1 clinic_id=c-1 key=v1-1-1) at=24th
            09:00
        """
    )


def test_nobody_at_home_is_news_and_any_other_end_is_a_cancellation() -> None:
    before = won_by_clinic()
    missed = checked(before, ClinicAnswer(Answer.NOT_BOOKED, reason="no_show"), NOW)
    assert missed is not None
    assert (missed.did, missed.details) == ("no_show", {"who": "patient"})
    lost = checked(before, ClinicAnswer(Answer.SEALED, reason="cancelled"), NOW)
    assert lost is not None
    assert lost.details["reason"] == "clinic_cancelled"


def test_a_clinic_is_let_go_only_where_it_may_hold_something() -> None:
    letter = Later(key=f"release-{KEY}-0", message=cancel_at_clinic(0), at=NOW)
    assert release(asking_clinic(), NOW) == (letter,)
    assert release(won_by_clinic(), NOW) == release(asking_clinic(), NOW)
    assert release(won_by_clinic().but(clinic_request=None), NOW) == ()
    assert release(won_by_anna().but(clinic_request=won_by_clinic().clinic_request), NOW) == ()
    assert release(visit(clinic_request=won_by_clinic().clinic_request), NOW) == ()


def cancel_at_clinic(tries: int) -> CancelAtClinic:
    return CancelAtClinic(visit_id="v1", clinic_id="c-1", key=KEY, tries=tries)


def test_a_clinic_that_does_not_let_go_is_asked_for_a_day() -> None:
    waits = [
        (asked_again(cancel_at_clinic(tries), NOW)[0].at - NOW).total_seconds() / 60 for tries in range(8)
    ]
    assert waits == [1, 2, 4, 8, 16, 30, 30, 30]
    again = asked_again(cancel_at_clinic(TRIES_MAX - 1), NOW)
    assert [(one.key, one.message) for one in again] == [
        (f"release-{KEY}-{TRIES_MAX}", cancel_at_clinic(TRIES_MAX))
    ]
    assert asked_again(cancel_at_clinic(TRIES_MAX), NOW) == ()


def test_after_some_tries_a_person_phones_the_clinic_and_hears_of_it_once() -> None:
    before = visit()
    assert not_released(before, cancel_at_clinic(ATTENTION_AFTER - 1)) is None
    assert told(before, not_released(before, cancel_at_clinic(ATTENTION_AFTER))) == said(
        """
        clinic_not_released clinic_id=c-1
          attention: "" > clinic_not_released
        """
    )
    assert not_released(visit(attention=NOT_RELEASED), cancel_at_clinic(ATTENTION_AFTER)) is None
