"""The winner cannot come: the search goes on, or begins again."""

from datetime import datetime

from functions.house_visits.domain.asking import timer
from functions.house_visits.domain.cascade import Cascade, CascadeEvent, CascadeStatus
from functions.house_visits.domain.offer import OfferEvent, OfferStatus
from functions.house_visits.domain.planning import planned_again
from functions.house_visits.domain.telling import tell_patient
from functions.house_visits.domain.visit import Visit, VisitEvent
from shared.kernel.errors import Conflict
from shared.kernel.records import Decision


class NobodyIsToCome(Conflict):
    """Nobody is booked for this visit: choose a visit that somebody has taken."""


def withdraw_winner(visit: Visit, now: datetime, reason: str) -> Decision[Visit]:
    """The winner cannot come: the search goes on with those not yet asked, then with those who lost."""
    if visit.winner is None:
        raise NobodyIsToCome
    details = {"doctor_id": visit.winner.doctor_id, "clinic_id": visit.winner.clinic_id, "reason": reason}
    cascade = _reopened(visit, now)
    if cascade is None or now >= visit.closes_at:
        after = visit.after(
            VisitEvent.LOSE_CLINIC,
            winner=None,
            cascade=None,
            clinic_request=None,
            epoch=visit.epoch + 1,
            attention="winner_withdrew",
        )
        return Decision(after, "winner_withdrew", details, (tell_patient(after, "searching_again", now),))
    after = visit.after(
        VisitEvent.REOPEN,
        winner=None,
        cascade=cascade,
        epoch=visit.epoch + 1,
        due_at=now,
        attention="winner_withdrew",
    )
    told = tell_patient(after, "searching_again", now)
    return Decision(after, "winner_withdrew", details, (told, timer(after, now)))


def _reopened(visit: Visit, now: datetime) -> Cascade | None:
    """The cascade to go on with, or None where nobody is left to ask, or somebody else than it won."""
    cascade = visit.cascade
    if cascade is None or cascade.status != CascadeStatus.WON:
        return None
    given_back = tuple(
        one.after(OfferEvent.WITHDRAW) if one.status == OfferStatus.ACCEPTED else one
        for one in cascade.offers
    )
    again = planned_again(visit, given_back)
    if not any(one.status == OfferStatus.PLANNED for one in again):
        return None
    return cascade.after(
        CascadeEvent.REOPEN,
        offers=again,
        arm=cascade.arm + 1,
        next_at=now,
        remaining_minutes=0,
        pause_reason="",
        held_offer="",
    )
