"""A visit as a calendar keeps it: what an invitation says, whoever writes the file."""

from enum import StrEnum

from pydantic import AwareDatetime, Field

from shared.kernel.records import Value


class CalendarMethod(StrEnum):
    REQUEST = "REQUEST"  # put it in, or change what is there
    CANCEL = "CANCEL"  # take it out


class CalendarEvent(Value):
    """`uid` is the same for the life of the visit; of two files the one with the higher `sequence` counts."""

    uid: str
    sequence: int = Field(ge=0)
    method: CalendarMethod = CalendarMethod.REQUEST
    tentative: bool = False
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    title: str
    description: str
    language: str
    organizer: str  # an e-mail address, as is `attendee`
    attendee: str
    made_at: AwareDatetime
