"""A clinic's system does not answer, so a person has phoned and knows what became of the booking."""

from dataclasses import replace
from datetime import datetime

from functions.house_visits.domain.clinic_booking import ATTENTION_AFTER, answered, fits
from functions.house_visits.domain.clinic_letters import requested
from functions.house_visits.domain.clinic_release import release
from functions.house_visits.domain.visit import Visit, VisitEvent, VisitStatus
from shared.contracts.clinic_booking import ClinicBooking
from shared.contracts.clinic_talk import Answer, ClinicAnswer
from shared.kernel.errors import Conflict, Invalid
from shared.kernel.records import Decision

BY_PHONE = "by-phone"


class NothingToSettle(Conflict):
    """No clinic is being asked to book this visit."""


class StillAsking(Conflict):
    """The clinic is still being asked: wait some minutes, until the visit waits for a person."""


class NotInWindow(Invalid):
    """That time is not in the visit's window: agree another with the clinic, or say that none is booked."""


def settled_booked(visit: Visit, starts_at: datetime, ends_at: datetime, now: datetime) -> Decision[Visit]:
    """The clinic says that it has booked the visit for this time."""
    _check(visit)
    if starts_at >= ends_at:
        raise NotInWindow
    booking = ClinicBooking(reference=BY_PHONE, starts_at=starts_at, ends_at=ends_at)
    if not fits(visit, booking):
        raise NotInWindow
    return replace(answered(visit, ClinicAnswer(Answer.BOOKED, booking), now), manual=True)


def settled_not_booked(visit: Visit, now: datetime) -> Decision[Visit]:
    """The clinic says that nothing is booked; its system hears so as soon as it listens again."""
    _check(visit)
    after = visit.after(
        VisitEvent.CLINIC_REFUSED, clinic_request=None, epoch=visit.epoch + 1, attention="", due_at=None
    )
    details = {"clinic_id": requested(visit).clinic_id, "reason": BY_PHONE}
    return Decision(after, "no_clinic_booked", details, release(visit, now), manual=True)


def _check(visit: Visit) -> None:
    if visit.status != VisitStatus.UNKNOWN_OUTCOME:
        raise NothingToSettle
    if requested(visit).tries < ATTENTION_AFTER:
        raise StillAsking
