"""Ends that people decide: the visit is cancelled, or the winner cannot come."""

from datetime import datetime

from functions.house_visits.domain.cascade import Cascade, CascadeEvent
from functions.house_visits.domain.clinic_release import release
from functions.house_visits.domain.doctor_letters import stand_down
from functions.house_visits.domain.offer import OfferEvent
from functions.house_visits.domain.telling import tell_patient
from functions.house_visits.domain.visit import Visit, VisitEvent
from shared.contracts.visits import VisitReleased
from shared.kernel.effects import Effect, Publish
from shared.kernel.records import Decision


def cancel(visit: Visit, reason: str, now: datetime) -> Decision[Visit]:
    """Nobody needs to come: everybody who was asked and has not said no is told, the winner too."""
    asked = visit.cascade.offers if visit.cascade else ()
    mine = visit.winner.offer_id if visit.winner else ""
    waiting = [one for one in asked if one.is_open or one.id == mine]
    effects: list[Effect] = [stand_down(visit, one, "not_needed", now) for one in waiting]
    after = visit.after(
        VisitEvent.CANCEL,
        cascade=ended_search(visit),
        epoch=visit.epoch + 1,
        attention="",
        due_at=None,
    )
    effects += [*release(visit, now), tell_patient(after, "cancelled", now)]
    if visit.winner is not None:
        news = VisitReleased(visit_id=visit.id, epoch=after.epoch)
        effects.append(Publish(key=f"released-{visit.id}-{after.epoch}", message=news))
    return Decision(after, "cancelled", {"reason": reason}, tuple(effects))


def ended_search(visit: Visit) -> Cascade | None:
    """The visit's search, called off where it was still going on."""
    cascade = visit.cascade
    if cascade is None or not cascade.is_live:
        return cascade
    return cascade.close_offers(None, OfferEvent.WITHDRAW).after(CascadeEvent.CANCEL)
