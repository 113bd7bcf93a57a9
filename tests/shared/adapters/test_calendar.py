"""The calendar file: what another program reads out of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar

from shared.adapters.calendar import ICalendar
from shared.contracts.calendar import CalendarEvent, CalendarMethod

AT = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)


def event(**facts: object) -> CalendarEvent:
    return CalendarEvent(
        uid="v1@visita",
        sequence=3,
        starts_at=AT,
        ends_at=AT + timedelta(hours=4),
        title="Wizyta domowa: łóżko, piętro",
        description="Pierwsza linia;\ndruga, linia. " * 10,
        language="pl",
        organizer="visits@visita.example",
        attendee="zofia@example.org",
        made_at=AT - timedelta(hours=3),
    ).but(**facts)


def read(text: str) -> tuple[Any, Any]:
    calendar = Calendar.from_ical(text)
    (entry,) = calendar.walk("VEVENT")
    return calendar, entry


def test_another_calendar_reads_what_was_meant() -> None:
    calendar, entry = read(ICalendar().file_of(event()))
    assert calendar["METHOD"] == "REQUEST"
    assert (entry["UID"], entry["SEQUENCE"], entry["STATUS"]) == ("v1@visita", 3, "CONFIRMED")
    assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == (AT, AT + timedelta(hours=4))
    assert entry["SUMMARY"] == event().title
    assert entry["DESCRIPTION"] == event().description
    assert entry["ATTENDEE"] == "mailto:zofia@example.org"


def test_a_visit_without_a_doctor_is_tentative() -> None:
    _, entry = read(ICalendar().file_of(event(tentative=True)))
    assert entry["STATUS"] == "TENTATIVE"


def test_a_cancelled_visit_is_taken_out() -> None:
    calendar, entry = read(ICalendar().file_of(event(method=CalendarMethod.CANCEL, sequence=4)))
    assert (calendar["METHOD"], entry["STATUS"], entry["SEQUENCE"]) == ("CANCEL", "CANCELLED", 4)


def test_lines_are_folded_and_end_as_the_standard_says() -> None:
    lines = ICalendar().file_of(event()).encode().split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in b"".join(lines)
