"""The patient hears of every turn of the visit: once, in their language, and no more than others may read."""

from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from functions.house_visits.cancel_visit import CancelVisit, cancel_visit
from functions.house_visits.domain.address import Caller
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.telling import NotifyPatient
from functions.house_visits.domain.visit import Visit
from functions.house_visits.request_visit import RequestVisit, request_visit
from functions.house_visits.start_cascade import start_cascade
from functions.house_visits.withdraw_from_visit import WithdrawFromVisit, withdraw_from_visit
from shared.contracts.mail import OutboundMail
from shared.contracts.patients import Guardian, Patient
from tests.functions.house_visits.repeating import comes_again
from tests.people import AFTERNOON, ANNA, HOME, PHONES, PIOTR, as_doctor, patient
from tests.world import World

PHONE = "+48512000099"
PRIVATE = ("Zofia", "Malinowska", "Kwiatowa", "internist", "chor", "internal")


def booked(world: World, visit_id: str) -> Visit:
    world.call(start_cascade, PlanRequest(visit_id=visit_id, doctor_ids=(ANNA, PIOTR)))
    world.settle()
    world.text_from(PHONES[ANNA], "tak")
    world.settle()
    return world.record(Visit, visit_id)


def invitation(mail: OutboundMail) -> tuple[str, Any]:
    ((name, content_type, content),) = mail.attachments
    calendar = Calendar.from_ical(content)
    assert name == "visit.ics"
    assert f"method={calendar['METHOD']}" in content_type
    return str(calendar["METHOD"]), calendar.walk("VEVENT")[0]


def test_a_booked_visit_is_told_by_text_and_mail(staffed: World, visit_id: str) -> None:
    visit = booked(staffed, visit_id)
    assert staffed.texts_to(PHONE) == [
        "Visita: wizyta domowa potwierdzona: wt. 24.11 14:00-18:00. Gdyby cos sie zmienilo, zadzwon do nas."
    ]
    (mail,) = staffed.mail.sent
    assert mail.to == "zofia@example.org"
    assert "wtorek, 24 listopada 2026, 14:00–18:00" in mail.text
    assert "wtorek, 24 listopada 2026, 14:00–18:00" in mail.html
    assert staffed.log_of(visit)[-1] == "patient_told"


def test_nobody_who_sees_the_phone_or_the_mail_learns_more_than_the_time(
    staffed: World, visit_id: str
) -> None:
    booked(staffed, visit_id)
    (mail,) = staffed.mail.sent
    told = " ".join([*staffed.texts_to(PHONE), mail.subject, mail.text, mail.html])
    told += mail.attachments[0][2].decode()
    assert not [word for word in PRIVATE if word in told]


def test_the_invitation_follows_the_visit(staffed: World, visit_id: str) -> None:
    booked(staffed, visit_id)
    staffed.call(withdraw_from_visit, WithdrawFromVisit(visit_id=visit_id), as_=as_doctor(ANNA))
    staffed.settle()
    staffed.call(cancel_visit, CancelVisit(visit_id=visit_id, reason="patient_asked"))
    staffed.settle()
    told = [invitation(mail) for mail in staffed.mail.sent]
    assert [(method, str(entry["STATUS"])) for method, entry in told] == [
        ("REQUEST", "CONFIRMED"),
        ("REQUEST", "TENTATIVE"),
        ("CANCEL", "CANCELLED"),
    ]
    assert len({str(entry["UID"]) for _, entry in told}) == 1
    sequences = [int(entry["SEQUENCE"]) for _, entry in told]
    assert sequences == sorted(set(sequences))


def test_a_calendar_that_holds_nothing_is_not_told_to_forget_it(staffed: World, visit_id: str) -> None:
    staffed.call(cancel_visit, CancelVisit(visit_id=visit_id, reason="patient_asked"))
    staffed.settle()
    (mail,) = staffed.mail.sent
    assert not mail.attachments


def test_a_repeated_notice_tells_nothing_twice(staffed: World, visit_id: str) -> None:
    visit = booked(staffed, visit_id)
    comes_again(staffed, NotifyPatient(visit_id=visit_id, epoch=visit.epoch, news="booked"))
    assert len(staffed.texts_to(PHONE)) == len(staffed.mail.sent) == 1
    assert staffed.log_of(staffed.record(Visit, visit_id)).count("patient_told") == 1


def test_a_late_notice_of_an_epoch_that_is_over_is_not_given(staffed: World, visit_id: str) -> None:
    visit = booked(staffed, visit_id)
    comes_again(staffed, NotifyPatient(visit_id=visit_id, epoch=visit.epoch - 1, news="searching_again"))
    assert len(staffed.texts_to(PHONE)) == len(staffed.mail.sent) == 1


def test_a_foreign_language_is_written_to_in_english(staffed: World, visit_id: str) -> None:
    staffed.given(patient(language="uk"))
    booked(staffed, visit_id)
    assert staffed.texts_to(PHONE)[0].startswith("Visita: your home visit is confirmed: Tue 24.11")
    assert '<html lang="en">' in staffed.mail.sent[0].html


def test_without_phone_and_mail_an_operator_is_asked_to_phone(staffed: World, visit_id: str) -> None:
    staffed.given(patient(phone="", email=""))
    visit = booked(staffed, visit_id)
    assert visit.attention == "patient_not_told"
    assert staffed.log_of(visit)[-1] == "patient_not_told"


def test_nobody_is_texted_about_a_deceased_patient(staffed: World, visit_id: str) -> None:
    staffed.given(patient(deceased_on=AFTERNOON.day - timedelta(days=1)))
    visit = booked(staffed, visit_id)
    assert not staffed.texts_to(PHONE)
    assert visit.attention == "patient_not_told"


def test_a_guardian_is_told_instead_of_the_child(staffed: World, visit_id: str) -> None:
    guardian = Guardian(name="Maria Malinowska", relationship="mother", phone="+48512000077")
    staffed.given(patient(guardian=guardian))
    booked(staffed, visit_id)
    assert len(staffed.texts_to("+48512000077")) == 1
    assert not staffed.texts_to(PHONE)


@pytest.mark.parametrize("has_consent", [True, False])
def test_a_caller_is_told_only_if_the_patient_agreed(staffed: World, has_consent: bool) -> None:
    staffed.given(patient(phone="", email=""))
    caller = Caller(name="Adam Malinowski", relationship="son", phone="+48512000088", has_consent=has_consent)
    wanted = RequestVisit(
        patient_id="p-1", address=HOME, window=AFTERNOON, specialization="internal_medicine", caller=caller
    )
    booked(staffed, staffed.call(request_visit, wanted).visit_id)
    assert len(staffed.texts_to("+48512000088")) == int(has_consent)


def test_a_merged_record_is_followed_to_the_one_that_holds_the_phone(staffed: World, visit_id: str) -> None:
    staffed.given(patient(merged_into="p-2"), patient("p-2", phone="+48512000066"))
    booked(staffed, visit_id)
    assert len(staffed.texts_to("+48512000066")) == 1
    assert staffed.record(Patient, "p-1").merged_into == "p-2"


def test_a_text_that_does_not_arrive_brings_a_person_to_the_phone(staffed: World, visit_id: str) -> None:
    staffed.refuses(PHONE, 30003)
    visit = booked(staffed, visit_id)
    assert visit.attention == "patient_not_reached"
    assert staffed.log_of(visit).count("patient_not_reached") == 1
