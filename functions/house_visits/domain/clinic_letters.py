"""The tasks by which a visit speaks to a clinic's own system, and the keys by which the clinic knows it."""

from datetime import datetime

from functions.house_visits.domain.clinic_request import ClinicRequest
from functions.house_visits.domain.visit import Visit, VisitStatus
from shared.kernel.effects import Later, Message


class BookAtClinic(Message):
    visit_id: str
    key: str


class ResolveBooking(Message):
    """`tries` names the one try it was made for: copies and late ones find another number."""

    visit_id: str
    key: str
    tries: int


class CheckBooking(Message):
    """A clinic said that something happened; `cause` is the message of the clinic that this is about."""

    visit_id: str
    key: str
    cause: str
    tries: int = 0


class CancelAtClinic(Message):
    visit_id: str
    clinic_id: str
    key: str
    tries: int = 0


def booking_key(visit: Visit, attempt: int) -> str:
    return f"{visit.id}-{visit.epoch}-{attempt}"


def visit_of(key: str) -> str:
    """The visit that a booking key was made for; "" where it is none of ours."""
    visit_id, *numbers = key.rsplit("-", 2)
    return visit_id if len(numbers) == 2 and all(one.isdecimal() for one in numbers) else ""


def book_letter(visit: Visit, now: datetime) -> Later:
    request = requested(visit)
    message = BookAtClinic(visit_id=visit.id, key=request.key)
    return Later(key=f"book-{request.key}-{request.step}-{request.tries}", message=message, at=now)


def resolve_timer(visit: Visit, at: datetime) -> Later:
    """The next look at a request whose outcome is unknown; also what the sweeper sends again."""
    request = requested(visit)
    message = ResolveBooking(visit_id=visit.id, key=request.key, tries=request.tries)
    return Later(key=f"resolve-{request.key}-{request.tries}", message=message, at=at)


def is_asked(visit: Visit, key: str) -> bool:
    """Whether this very request still has an unknown outcome."""
    request = visit.clinic_request
    return visit.status == VisitStatus.UNKNOWN_OUTCOME and request is not None and request.key == key


def is_due(visit: Visit, message: ResolveBooking) -> bool:
    return is_asked(visit, message.key) and requested(visit).tries == message.tries


def requested(visit: Visit) -> ClinicRequest:
    assert visit.clinic_request is not None
    return visit.clinic_request
