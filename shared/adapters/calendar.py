"""Writes invitations as iCalendar files (RFC 5545, 5546): what calendars put in, change and take out."""

from typing import Final

from icalendar import Calendar, Event, vCalAddress

from shared.contracts.calendar import CalendarEvent, CalendarMethod
from shared.kernel.times import UTC

PRODUCT: Final = "-//Visita//Visits//EN"


class ICalendar:
    def file_of(self, event: CalendarEvent) -> str:
        """The file's text. Times are in UTC: every calendar shows them in its owner's zone."""
        calendar = Calendar()
        calendar.add("prodid", PRODUCT)
        calendar.add("version", "2.0")
        calendar.add("method", event.method.value)
        calendar.add_component(_component(event))
        text: str = calendar.to_ical().decode()
        return text


def _component(event: CalendarEvent) -> Event:
    spoken = {"language": event.language}
    entry = Event()
    entry.add("uid", event.uid)
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", event.made_at.astimezone(UTC))
    entry.add("dtstart", event.starts_at.astimezone(UTC))
    entry.add("dtend", event.ends_at.astimezone(UTC))
    entry.add("status", _status(event))
    entry.add("summary", event.title, parameters=spoken)
    entry.add("description", event.description, parameters=spoken)
    entry["organizer"] = vCalAddress(f"mailto:{event.organizer}")
    entry["attendee"] = _attendee(event.attendee)
    return entry


def _status(event: CalendarEvent) -> str:
    if event.method == CalendarMethod.CANCEL:
        return "CANCELLED"
    return "TENTATIVE" if event.tentative else "CONFIRMED"


def _attendee(email: str) -> vCalAddress:
    """Nobody is asked to answer: answers would reach a mailbox that nobody reads."""
    address = vCalAddress(f"mailto:{email}")
    address.params["PARTSTAT"] = "ACCEPTED"
    address.params["RSVP"] = "FALSE"
    return address
