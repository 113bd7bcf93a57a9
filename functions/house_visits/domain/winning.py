"""Yes and no: the first yes that is committed wins, on whatever channel it came.

`accept` is asked again with fresh facts whenever somebody else's commit came first, so each answer it
gives is true at the instant of its commit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from functions.house_visits.domain.cascade import CascadeEvent
from functions.house_visits.domain.diary import Diary
from functions.house_visits.domain.doctor_letters import stand_down, told_yours
from functions.house_visits.domain.figures import of_a_booking
from functions.house_visits.domain.offer import Offer, OfferEvent, OfferStatus
from functions.house_visits.domain.telling import tell_patient
from functions.house_visits.domain.turns import moved_on
from functions.house_visits.domain.visit import Channel, Visit, VisitEvent, VisitStatus, Winner
from shared.contracts.directory import Doctor
from shared.contracts.visits import VisitBooked
from shared.kernel.effects import Effect, Publish
from shared.kernel.errors import Conflict
from shared.kernel.records import Decision


class AlreadyTaken(Conflict):
    """Another doctor was first: this visit is taken."""


class VisitNotNeeded(Conflict):
    """The visit was cancelled or has ended: nobody needs to come."""


class TooLate(Conflict):
    """The time of the visit has passed or is too near."""


class SearchedOutside(Conflict):
    """The visit is being filled by people now: phone the operator if you can come."""


class DiaryClash(Conflict):
    """You have taken another visit at that time: phone the operator if you can come to both."""


class DoctorNotActive(Conflict):
    """Your account is not active: phone the operator."""


class OfferWithdrawn(Conflict):
    """This offer is no longer open."""


class Result(StrEnum):
    WON = "won"
    ALREADY_YOURS = "already_yours"
    TAKEN = "taken"
    CANCELLED = "cancelled"
    TOO_LATE = "too_late"
    OUTSIDE = "outside"
    CLASH = "clash"
    NOT_ACTIVE = "not_active"
    WITHDRAWN = "withdrawn"


REFUSALS: Final[Mapping[Result, type[Conflict]]] = {
    Result.TAKEN: AlreadyTaken,
    Result.CANCELLED: VisitNotNeeded,
    Result.TOO_LATE: TooLate,
    Result.OUTSIDE: SearchedOutside,
    Result.CLASH: DiaryClash,
    Result.NOT_ACTIVE: DoctorNotActive,
    Result.WITHDRAWN: OfferWithdrawn,
}
"""What an app is told where a phone gets a text."""

TEXTS: Final[Mapping[Result, str]] = {
    Result.ALREADY_YOURS: "already_yours",
    Result.TAKEN: "taken",
    Result.CANCELLED: "not_needed",
    Result.TOO_LATE: "too_late",
    Result.OUTSIDE: "operator_calls",
    Result.CLASH: "operator_calls",
    Result.NOT_ACTIVE: "operator_calls",
    Result.WITHDRAWN: "offer_over",
}
"""The text each result calls for; the winner's own is part of the decision."""

ATTENTION: Final[Mapping[Result, str]] = {
    Result.OUTSIDE: "late_yes",
    Result.CLASH: "doctor_has_clash",
    Result.NOT_ACTIVE: "inactive_doctor_said_yes",
}
"""Results that a person must look at."""


WINNER_SAID_NO: Final = "winner_said_no"


@dataclass(frozen=True)
class Acceptance:
    """`decision` is always there: a yes that does not win is a line in the log too."""

    result: Result
    decision: Decision[Visit]


def accept(
    visit: Visit, offer: Offer, doctor: Doctor | None, diary: Diary, channel: Channel, now: datetime
) -> Acceptance:
    """What a yes to this offer means now."""
    result = _result(visit, offer, doctor, diary, now)
    if result == Result.WON:
        return Acceptance(result, _win(visit, offer, channel, now))
    attention = ATTENTION.get(result, visit.attention)
    details = {"doctor_id": offer.doctor_id, "result": result.value, "channel": channel.value}
    return Acceptance(result, Decision(visit.but(attention=attention), "yes_did_not_win", details))


def _result(visit: Visit, offer: Offer, doctor: Doctor | None, diary: Diary, now: datetime) -> Result:
    if visit.status in (VisitStatus.CANCELLED, VisitStatus.CLOSED_UNFILLED):
        return Result.CANCELLED  # asked first: whoever had won it must not set out
    if visit.is_won_by(offer.doctor_id):
        return Result.ALREADY_YOURS
    if visit.winner is not None:
        return Result.TAKEN
    if now >= visit.closes_at:
        return Result.TOO_LATE
    lost = visit.status == VisitStatus.OFFERING and offer.status == OfferStatus.LOST
    if visit.status == VisitStatus.OUTSIDE or lost:
        return Result.OUTSIDE  # who lost to a winner that gave it back may be wanted after all
    if visit.status != VisitStatus.OFFERING or not offer.can(OfferEvent.ACCEPT):
        return Result.WITHDRAWN
    if doctor is None or not doctor.active:
        return Result.NOT_ACTIVE
    return Result.CLASH if diary.clashes(visit.id, visit.span) else Result.WON


def _win(visit: Visit, offer: Offer, channel: Channel, now: datetime) -> Decision[Visit]:
    cascade = visit.cascade
    assert cascade is not None
    won = offer.after(OfferEvent.ACCEPT, answered_at=now)
    others = tuple(stand_down(visit, one, "closed", now) for one in cascade.open_offers if one.id != offer.id)
    after = visit.after(
        VisitEvent.ACCEPT,
        cascade=cascade.with_offer(won).close_offers(won, OfferEvent.LOSE).after(CascadeEvent.WIN),
        epoch=visit.epoch + 1,
        winner=Winner(channel=channel, doctor_id=offer.doctor_id, offer_id=offer.id, won_at=now),
        attention="",
        due_at=None,
    )
    effects: tuple[Effect, ...] = (told_yours(after, won, now), *others, *booked(after, now))
    details = {"doctor_id": offer.doctor_id, "channel": channel.value}
    return Decision(after, "booked", details, effects, figures=of_a_booking(after))


def booked(after: Visit, now: datetime) -> tuple[Effect, ...]:
    """What follows every booking, whoever won it: the patient is told, and so are the other modules."""
    news = Publish(
        key=f"booked-{after.id}-{after.epoch}", message=VisitBooked(visit_id=after.id, epoch=after.epoch)
    )
    return (tell_patient(after, "booked", now), news)


def decline(visit: Visit, offer: Offer, now: datetime, channel: Channel) -> Decision[Visit]:
    """A no. Where nothing is open any more it is a line in the log; from who was to come, a person must
    look at it at once."""
    details = {"channel": channel.value}
    if (doubt := winner_says_no(visit, offer.doctor_id, channel.value)) is not None:
        return doubt
    if visit.status != VisitStatus.OFFERING or not offer.can(OfferEvent.DECLINE):
        return Decision(visit, "late_no", {"doctor_id": offer.doctor_id, **details})
    return moved_on(visit, offer.after(OfferEvent.DECLINE, answered_at=now), now, "declined", **details)


def winner_says_no(visit: Visit, doctor_id: str, channel: str) -> Decision[Visit] | None:
    """A no from who was to come, however they were booked; None from anybody else."""
    if visit.status != VisitStatus.BOOKED or not visit.is_won_by(doctor_id):
        return None
    details = {"doctor_id": doctor_id, "channel": channel}
    return Decision(visit.but(attention=WINNER_SAID_NO), WINNER_SAID_NO, details)
