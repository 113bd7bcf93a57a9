"""Telling the patient: by every means there is, once for each turn of the visit, or by a person."""

from datetime import timedelta

import pytest

from functions.house_visits.domain.address import Caller
from functions.house_visits.domain.notifying import Means, not_reached, notify
from functions.house_visits.domain.telling import News, NotifyPatient
from functions.house_visits.domain.visit import Visit
from shared.contracts.calendar import CalendarEvent
from shared.contracts.messaging import SmsStatus, SmsStatusChanged
from shared.contracts.patients import Guardian, Patient
from shared.kernel.effects import SendMail, SendSms
from tests.functions.house_visits.domain.a_visit import CLOSES, NOW, SENDER, at, won_by_anna, won_by_clinic
from tests.functions.house_visits.domain.told import said, told
from tests.people import AFTERNOON, patient

OTHER_SENDER = "+48732230002"
CALLER = Caller(name="Jan Malinowski", relationship="son", phone="+48512000077", has_consent=True)


class Calendar:
    """Keeps the events that it was asked to write."""

    def __init__(self) -> None:
        self.events: list[CalendarEvent] = []

    def __call__(self, event: CalendarEvent) -> str:
        self.events.append(event)
        return "BEGIN:VCALENDAR"


def means(calendar: Calendar | None = None) -> Means:
    return Means((SENDER, OTHER_SENDER), "visits@example.org", calendar or Calendar())


def news(what: News = "booked", epoch: int = 2) -> NotifyPatient:
    return NotifyPatient(visit_id="v1", epoch=epoch, news=what)


def untold(**facts: object) -> Visit:
    return won_by_anna().but(told_epoch=1, invited=False).but(**facts)


def by_text_only(**facts: object) -> Patient:
    return patient(email="").but(**facts)


def texts(visit: Visit, whom: Patient) -> list[SendSms]:
    decision = notify(visit, whom, news(), means(), NOW)
    assert decision is not None
    return [one for one in decision.effects if isinstance(one, SendSms)]


def test_a_patient_is_told_by_text_and_by_mail_with_an_entry_for_the_calendar() -> None:
    calendar, before = Calendar(), untold()
    decision = notify(before, patient(), news(), means(calendar), NOW)
    assert decision is not None
    assert (decision.did, decision.details) == (
        "patient_told", {"news": "booked", "letters": 2, "by_mail": True},
    )  # fmt: skip
    assert (decision.record.told_epoch, decision.record.invited) == (2, True)
    text, mail = decision.effects
    assert isinstance(text, SendSms)
    assert isinstance(mail, SendMail)
    assert told(before, decision.__class__(before, "text", {}, (text,))) == said(
        """
        text
          SendSms key=patient-text-v1-2 guard=Guard(kind=visits record_id=v1 epoch=2) to=+48512000099
            sender=+48732230002 body="Visita: wizyta domowa potwierdzona: wt. 24.11 14:00-18:00. Gdyby cos
            sie zmienilo, zadzwon do nas." marker=body valid_until=24th 17:00 about=v1
        """
    )
    assert mail.model_dump(exclude={"text", "html"}) == {
        "key": "patient-mail-v1-2", "to": "zofia@example.org", "subject": "Wizyta domowa potwierdzona",
        "guard": {"kind": "visits", "record_id": "v1", "epoch": 2, "listed_in": "", "entry": ""},
        "attachments": ({
            "name": "visit.ics", "content_type": "text/calendar; charset=utf-8; method=REQUEST",
            "text": "BEGIN:VCALENDAR",
        },),
        "about": "v1", "notice": "house_visits.booked",
    }  # fmt: skip
    assert "wtorek, 24 listopada 2026" in mail.text
    assert "wtorek, 24 listopada 2026" in mail.html
    assert [one.model_dump(mode="json") for one in calendar.events] == [{
        "uid": "v1@visita", "sequence": 2, "method": "REQUEST", "tentative": False,
        "starts_at": "2026-11-24T13:00:00Z", "ends_at": "2026-11-24T17:00:00Z",
        "title": "Wizyta domowa potwierdzona",
        "description": "Lekarz przyjedzie do Ciebie w podanym czasie. "
                       "Termin możesz dodać do kalendarza z załącznika.",
        "language": "pl", "organizer": "visits@example.org", "attendee": "zofia@example.org",
        "made_at": "2026-11-24T09:00:00Z",
    }]  # fmt: skip


@pytest.mark.parametrize("before", [untold(epoch=3), untold(told_epoch=2), untold(told_epoch=3)])
def test_a_notice_that_is_out_of_date_or_was_given_says_nothing(before: Visit) -> None:
    assert notify(before, patient(), news(), means(), NOW) is None


def test_nobody_writes_to_the_dead() -> None:
    before = untold()
    dead = patient(deceased_on=NOW.date())
    assert told(before, notify(before, dead, news(), means(), NOW)) == said(
        """
        patient_not_told news=booked reason=deceased
          attention: "" > patient_not_told
          told_epoch: 1 > 2
        """
    )


def test_where_there_is_neither_phone_nor_mail_a_person_must_look_unless_they_look_already() -> None:
    before = untold()
    nowhere = by_text_only(phone="")
    assert told(before, notify(before, nowhere, news(), means(), NOW)) == said(
        """
        patient_not_told news=booked reason=no_phone_or_mail
          attention: "" > patient_not_told
          told_epoch: 1 > 2
        """
    )
    looked_at = untold(attention="doctor_wrote")
    decision = notify(looked_at, nowhere, news(), means(), NOW)
    assert decision is not None
    assert decision.record.attention == "doctor_wrote"


def test_a_text_goes_to_the_guardian_else_to_the_patient_else_to_a_caller_who_may_know() -> None:
    guardian = Guardian(name="Jan", relationship="father", phone="+48512000088")
    caller = untold(caller=CALLER)
    for visit, whom, phone in (
        (caller, by_text_only(guardian=guardian), "+48512000088"),
        (caller, by_text_only(guardian=guardian.but(phone="")), "+48512000099"),
        (caller, by_text_only(), "+48512000099"),
        (caller, by_text_only(phone=""), "+48512000077"),
    ):
        assert [one.to for one in texts(visit, whom)] == [phone]
    for nobody in (untold(caller=CALLER.but(has_consent=False)), untold()):
        assert texts(nobody, by_text_only(phone="")) == []


def test_each_visit_keeps_to_one_of_our_numbers() -> None:
    assert {one.sender for _ in range(3) for one in texts(untold(), patient())} == {OTHER_SENDER}
    assert [one.sender for one in texts(untold(id="v2"), patient())] == [SENDER]


def test_a_text_is_worth_sending_until_the_window_ends_or_for_two_hours() -> None:
    late = notify(untold(), patient(), news(), means(), CLOSES)
    assert late is not None
    text = late.effects[0]
    assert isinstance(text, SendSms)
    assert text.valid_until == CLOSES + timedelta(hours=2)
    assert texts(untold(), patient())[0].valid_until == AFTERNOON.ends_at


@pytest.mark.parametrize(
    ("what", "invited", "method", "stays"),
    [
        ("booked", False, "REQUEST", True),
        ("booked", True, "REQUEST", True),
        ("searching_again", True, "REQUEST", True),
        ("searching_again", False, "", False),
        ("rescheduled", True, "REQUEST", True),
        ("cancelled", True, "CANCEL", False),
        ("cancelled", False, "", False),
        ("unfilled", True, "CANCEL", False),
        ("doctor_absent", True, "", True),
        ("patient_absent", False, "", False),
    ],
)
def test_the_calendar_shows_what_is_true(what: News, invited: bool, method: str, stays: bool) -> None:
    calendar = Calendar()
    decision = notify(untold(invited=invited), patient(), news(what), means(calendar), NOW)
    assert decision is not None
    assert [one.method.value for one in calendar.events] == ([method] if method else [])
    assert decision.record.invited == stays
    mail = decision.effects[1]
    assert isinstance(mail, SendMail)
    assert len(mail.attachments) == len(calendar.events)


def test_without_mail_nothing_is_in_the_calendar_that_was_not_before() -> None:
    for invited in (True, False):
        decision = notify(untold(invited=invited), by_text_only(), news(), means(), NOW)
        assert decision is not None
        assert decision.record.invited is invited
        assert decision.details == {"news": "booked", "letters": 1, "by_mail": False}


def test_an_entry_is_tentative_while_nobody_comes_and_speaks_the_patients_language() -> None:
    calendar = Calendar()
    notify(
        untold(winner=None, invited=True),
        patient(language="de"),
        news("searching_again"),
        means(calendar),
        NOW,
    )
    notify(won_by_clinic(), patient(), news(), means(calendar), NOW)
    searching, booked = calendar.events
    assert (searching.tentative, searching.language) == (True, "en")
    assert (booked.tentative, booked.language) == (False, "pl")
    assert (booked.starts_at, booked.ends_at) == (at("13:00"), at("14:00"))


def report(status: SmsStatus, letter: str = "patient-text-v1-2") -> SmsStatusChanged:
    return SmsStatusChanged(letter_id=letter, about="v1", status=status, error_code=30003)


@pytest.mark.parametrize("status", [SmsStatus.FAILED, SmsStatus.UNDELIVERED])
def test_a_text_that_does_not_arrive_makes_somebody_phone(status: SmsStatus) -> None:
    before = won_by_anna()
    assert told(before, not_reached(before, report(status))) == "\n".join(
        ("patient_not_reached error_code=30003", '  attention: "" > patient_not_reached')
    )
    busy = not_reached(before.but(attention="doctor_wrote"), report(status))
    assert busy is not None
    assert busy.record.attention == "doctor_wrote"


def test_other_reports_of_texts_make_nobody_phone() -> None:
    failed = SmsStatus.FAILED
    assert not_reached(won_by_anna(), report(SmsStatus.DELIVERED)) is None
    assert not_reached(won_by_anna(), report(failed, "patient-text-v1-1")) is None
    assert not_reached(won_by_anna().but(attention="patient_not_reached"), report(failed)) is None
