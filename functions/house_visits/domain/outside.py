"""The search that people make when no clinic and no doctor was found by the system: opened, owned, and ended.

It ends when somebody is found, or with the honest answer that nobody was. Then everybody is told who was
asked and may still be waiting.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from functions.house_visits.domain.asking import OUTSIDE_DUE
from functions.house_visits.domain.cascade import Cascade, CascadeEvent
from functions.house_visits.domain.diary import Diary
from functions.house_visits.domain.doctor_letters import stand_down, told_yours
from functions.house_visits.domain.figures import of_a_booking
from functions.house_visits.domain.offer import Offer, OfferEvent, OfferStatus
from functions.house_visits.domain.telling import tell_patient
from functions.house_visits.domain.visit import Channel, OutsideWork, Visit, VisitEvent, Winner
from functions.house_visits.domain.winning import booked
from shared.contracts.directory import Doctor
from shared.contracts.visits import OutsideSearchOpened
from shared.kernel.effects import Effect, Publish
from shared.kernel.errors import Conflict, FieldError, Invalid
from shared.kernel.records import Decision

BOOKED: Final = "booked"
UNFILLED: Final = "closed_unfilled"


class TimeMakesNoSense(Invalid):
    """The visit must begin before it ends, and not in the past: correct the times."""


class DoctorCannotCome(Conflict):
    """This doctor is not active, or has another visit at that time: find somebody else."""


class SomebodyElseWorksOnIt(Conflict):
    """Somebody else has taken this search on: speak to them, or take it over."""


class NotSearchedOutside(Conflict):
    """No search outside the system is open for this visit."""


@dataclass(frozen=True)
class Agreed:
    """When somebody comes, as agreed with them; None: any time in the window."""

    starts_at: datetime | None = None
    ends_at: datetime | None = None


def opened(visit: Visit, reason: str, by: str, now: datetime) -> Decision[Visit]:
    """People search from now on, the one who says so first of all. A running search by text ends."""
    cascade = visit.cascade
    if cascade is not None and cascade.is_live:
        cascade = cascade.close_offers(None, OfferEvent.EXPIRE).after(CascadeEvent.CANCEL)
    after = visit.after(
        VisitEvent.GO_OUTSIDE,
        cascade=cascade,
        epoch=visit.epoch + 1,
        outside=OutsideWork(opened_at=now, due_at=now + OUTSIDE_DUE, reason="operator", owner=by),
        attention="",
        due_at=None,
    )
    told = Publish(key=f"outside-{visit.id}-{visit.epoch}", message=OutsideSearchOpened(visit_id=visit.id))
    return Decision(after, "outside_search_opened", {}, (told,), note=reason, manual=True)


def claimed(visit: Visit, by: str, *, take_over: bool) -> Decision[Visit] | None:
    """None where it is theirs already."""
    work = visit.outside
    if work is None or not visit.can(VisitEvent.GIVE_UP):
        raise NotSearchedOutside
    if work.owner == by:
        return None
    if work.owner and not take_over:
        raise SomebodyElseWorksOnIt
    after = visit.but(outside=work.but(owner=by), attention="")
    return Decision(after, "outside_search_claimed", {"owner": by, "before": work.owner})


def found_outside(visit: Visit, name: str, phone: str, time: Agreed, now: datetime) -> Decision[Visit]:
    """Somebody whom the system does not know."""
    winner = Winner(channel=Channel.OUTSIDE, outside_name=name, outside_phone=phone, won_at=now)
    return _booked(visit, winner, None, time, now)


def found_doctor(visit: Visit, doctor: Doctor, diary: Diary, time: Agreed, now: datetime) -> Decision[Visit]:
    """A doctor of ours who was phoned, or whose yes came too late to win by itself."""
    offer = visit.cascade.offer_to(doctor.id) if visit.cascade else None
    asked = offer if offer is not None and offer.was_asked else None
    winner = Winner(
        channel=Channel.OUTSIDE, doctor_id=doctor.id, offer_id=asked.id if asked else "", won_at=now
    )
    decision = _booked(visit, winner, asked, time, now)
    if not doctor.active or diary.clashes(visit.id, decision.record.span):
        raise DoctorCannotCome
    return decision


def _booked(
    visit: Visit, winner: Winner, offer: Offer | None, time: Agreed, now: datetime
) -> Decision[Visit]:
    _check(time, now)
    after = visit.after(
        VisitEvent.BOOK_OUTSIDE,
        winner=winner.but(starts_at=time.starts_at, ends_at=time.ends_at),
        cascade=_won(visit.cascade),
        epoch=visit.epoch + 1,
        outside=visit.outside.but(outcome=BOOKED, closed_at=now) if visit.outside else None,
        attention="",
        due_at=None,
    )
    others = [stand_down(visit, one, "closed", now) for one in _waiting(visit) if one != offer]
    mine = [told_yours(after, offer, now)] if offer is not None else []
    details = {"channel": Channel.OUTSIDE.value, "doctor_id": winner.doctor_id}
    effects = (*mine, *others, *booked(after, now))
    return Decision(after, "booked", details, effects, figures=of_a_booking(after))


def _check(time: Agreed, now: datetime) -> None:
    if (time.starts_at is None) != (time.ends_at is None):
        raise TimeMakesNoSense(errors=[FieldError("/ends_at", "give both times or none")])
    if time.starts_at and time.ends_at and not now < time.ends_at > time.starts_at:
        raise TimeMakesNoSense(errors=[FieldError("/ends_at", "must be after the beginning, and not past")])


def _won(cascade: Cascade | None) -> Cascade | None:
    """A search that was still running was won by somebody it had not asked."""
    if cascade is None or not cascade.is_live:
        return cascade
    return cascade.close_offers(None, OfferEvent.LOSE).after(CascadeEvent.WIN)


def unfilled(visit: Visit, reason: str, now: datetime) -> Decision[Visit]:
    """Nobody was found: the patient is told so, and how to get help."""
    after = visit.after(
        VisitEvent.GIVE_UP,
        epoch=visit.epoch + 1,
        outside=visit.outside.but(outcome=UNFILLED, closed_at=now) if visit.outside else None,
        attention="",
        due_at=None,
    )
    effects: list[Effect] = [stand_down(visit, one, "not_needed", now) for one in _waiting(visit)]
    effects.append(tell_patient(after, "unfilled", now))
    return Decision(after, UNFILLED, {}, tuple(effects), note=reason, manual=bool(reason))


def _waiting(visit: Visit) -> list[Offer]:
    """Doctors who were asked, have not said no, and have not been told how it ended."""
    return [
        one for one in visit.offers if one.is_open or (one.status == OfferStatus.EXPIRED and one.was_asked)
    ]
