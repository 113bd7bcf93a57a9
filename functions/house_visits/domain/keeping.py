"""Keeping a visit in order once it is on its way: notes, the place, another time, its end."""

from datetime import datetime

from functions.house_visits.domain.clinic_release import release
from functions.house_visits.domain.doctor_letters import stand_down
from functions.house_visits.domain.ending import ended_search
from functions.house_visits.domain.missing import Who, missed
from functions.house_visits.domain.offer import OfferStatus
from functions.house_visits.domain.reopening import withdraw_winner
from functions.house_visits.domain.requesting import check_window
from functions.house_visits.domain.telling import tell_patient
from functions.house_visits.domain.visit import Channel, Visit, VisitEvent
from shared.contracts.geocoding import GeocodeQuality
from shared.contracts.visits import VisitReleased
from shared.kernel.effects import Effect, Publish
from shared.kernel.errors import Conflict, NotAllowed
from shared.kernel.places import Position
from shared.kernel.records import Decision
from shared.kernel.times import PreferredWindow


class TooEarly(Conflict):
    """The visit has not begun yet."""


class OnlyThePatient(NotAllowed):
    """You can report that nobody was at home; that a doctor did not come is reported by an operator."""


def note(visit: Visit, text: str, *, settled: bool) -> Decision[Visit]:
    """A manual line, in any state. `settled` takes the visit off the list of those that wait for a person."""
    after = visit.but(attention="") if settled else visit
    return Decision(after, "noted", {"settled": settled}, note=text, manual=True)


def pinned(visit: Visit, position: Position) -> Decision[Visit] | None:
    """The place as a person set it, better than any geocoder's. None where it is there already."""
    address = visit.address.but(position=position, quality=GeocodeQuality.MANUAL_PIN)
    return None if address == visit.address else Decision(visit.but(address=address), "address_pinned")


def rescheduled(visit: Visit, window: PreferredWindow, now: datetime) -> Decision[Visit] | None:
    """Another time: whoever was to come, or was asked, is told, and the visit is free to be filled anew.

    None where it is the same time. Who was found outside is told by a person.
    """
    check_window(window, now)
    if window == visit.window:
        return None
    winner = visit.winner
    phoned = winner is not None and winner.channel == Channel.OUTSIDE and not winner.offer_id
    after = visit.after(
        VisitEvent.RESCHEDULE,
        window=window,
        window_starts_at=window.starts_at,
        winner=None,
        clinic_request=None,
        cascade=ended_search(visit),
        epoch=visit.epoch + 1,
        attention="phone_who_was_to_come" if phoned else "",
        due_at=None,
    )
    effects: list[Effect] = [*_told_doctors(visit, now), *release(visit, now)]
    if winner is not None:
        news = VisitReleased(visit_id=visit.id, epoch=after.epoch)
        effects.append(Publish(key=f"released-{visit.id}-{after.epoch}", message=news))
    if winner is not None or visit.invited:
        effects.append(tell_patient(after, "rescheduled", now))
    return Decision(after, "rescheduled", {"was_taken": winner is not None}, tuple(effects))


def _told_doctors(visit: Visit, now: datetime) -> list[Effect]:
    """The doctor who was to come, and those who may still be thinking it over."""
    mine = visit.winner.offer_id if visit.winner else ""
    told: list[Effect] = [stand_down(visit, one, "moved", now) for one in visit.offers if one.id == mine]
    return told + [stand_down(visit, one, "not_needed", now) for one in visit.offers if one.is_open]


def completed(visit: Visit, now: datetime) -> Decision[Visit]:
    if now < visit.span.starts_at:
        raise TooEarly
    after = visit.after(VisitEvent.COMPLETE, epoch=visit.epoch + 1, attention="", due_at=None)
    return Decision(after, "completed")


def no_show(visit: Visit, who: Who, now: datetime) -> Decision[Visit]:
    """Somebody was not there. Where a doctor did not come and time is left, others are asked at once."""
    if now < visit.span.starts_at:
        raise TooEarly
    if who == "patient" or now >= visit.closes_at:
        return missed(visit, who, now)
    reopened = withdraw_winner(visit, now, "doctor_no_show")
    told = [
        stand_down(visit, one, "not_needed", now)
        for one in visit.offers
        if one.status == OfferStatus.ACCEPTED
    ]
    effects = (*reopened.effects, *told, *release(visit, now))
    return Decision(reopened.record, reopened.did, reopened.details, effects)
