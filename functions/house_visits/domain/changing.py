"""Changing a search while it runs: only what has not happened yet can be changed.

Each change is one of a closed list; whom we have texted stays texted and can only be told that the
offer is withdrawn.
"""

from collections.abc import Sequence
from datetime import datetime

from functions.house_visits.domain.asking import rearm
from functions.house_visits.domain.cascade import OFFERS_MAX, Cascade, CascadeNotRunning
from functions.house_visits.domain.doctor_letters import stand_down
from functions.house_visits.domain.offer import Offer, OfferEvent, OfferStatus
from functions.house_visits.domain.turns import go_on, pause, resume, waits_for_text
from functions.house_visits.domain.visit import Visit
from shared.kernel.errors import Conflict, Invalid
from shared.kernel.records import Decision

OPERATOR_PAUSED = "operator"


class AlreadyAsked(Conflict):
    """This doctor has been texted already: withdraw the offer instead."""


class NotInSearch(Invalid):
    """This doctor is not part of the search."""


class TooManyDoctors(Invalid):
    """A search holds at most 30 doctors."""


def live_cascade(visit: Visit) -> Cascade:
    if visit.cascade is None or not visit.cascade.is_live:
        raise CascadeNotRunning
    return visit.cascade


def paused(visit: Visit, now: datetime) -> Decision[Visit]:
    live_cascade(visit)
    after, effects = pause(visit, now, OPERATOR_PAUSED)
    return Decision(after, "search_paused", {"reason": OPERATOR_PAUSED}, effects)


def resumed(visit: Visit, now: datetime) -> Decision[Visit]:
    live_cascade(visit)
    after, effects = resume(visit, now)
    return Decision(after, "search_resumed", {}, effects)


def added(visit: Visit, offers: Sequence[Offer], now: datetime) -> Decision[Visit]:
    """New doctors at the end. A search that only waited for its last answer goes on with them in time.
    Who was removed before being asked may come back."""
    cascade = live_cascade(visit)
    cascade = cascade.but(
        offers=tuple(one for one in cascade.offers if one.was_asked or one in cascade.unasked)
    )
    known = {one.doctor_id for one in cascade.offers}
    fresh = tuple(one for one in offers if one.doctor_id not in known)
    if len(cascade.offers) + len(fresh) > OFFERS_MAX:
        raise TooManyDoctors
    return _changed(
        visit, cascade.but(offers=(*cascade.offers, *fresh)), now, "doctors_added", count=len(fresh)
    )


def removed(visit: Visit, doctor_ids: Sequence[str], now: datetime) -> Decision[Visit]:
    """Those not yet asked are never asked; those asked are told that the offer is withdrawn."""
    cascade = live_cascade(visit)
    letters = []
    for doctor_id in doctor_ids:
        offer = cascade.offer_to(doctor_id)
        if offer is None:
            raise NotInSearch
        if offer.is_open:
            letters.append(stand_down(visit, offer, "offer_over", now))
        if offer.can(OfferEvent.WITHDRAW):
            cascade = cascade.with_offer(offer.after(OfferEvent.WITHDRAW))
    decision = _changed(visit, cascade, now, "doctors_removed", count=len(doctor_ids))
    return Decision(decision.record, decision.did, decision.details, (*decision.effects, *letters))


def reordered(visit: Visit, doctor_ids: Sequence[str], now: datetime) -> Decision[Visit]:
    """Those named come first among the unasked, in this order; the others keep theirs."""
    cascade = live_cascade(visit)
    unasked = {one.doctor_id: one for one in cascade.unasked}
    for doctor_id in doctor_ids:
        if doctor_id not in unasked:
            raise AlreadyAsked if cascade.offer_to(doctor_id) else NotInSearch
    first = [unasked[doctor_id] for doctor_id in dict.fromkeys(doctor_ids)]
    rest = [one for one in cascade.unasked if one.doctor_id not in doctor_ids]
    asked = [one for one in cascade.offers if one.status != OfferStatus.PLANNED]
    return _changed(
        visit, cascade.but(offers=(*asked, *first, *rest)), now, "doctors_reordered", count=len(first)
    )


def with_interval(visit: Visit, minutes: int, now: datetime) -> Decision[Visit]:
    """The interval of every doctor not yet asked; the one who is thinking keeps their time."""
    cascade = live_cascade(visit)
    offers = tuple(
        one.but(delay_minutes=minutes) if one.status == OfferStatus.PLANNED else one for one in cascade.offers
    )
    return _changed(visit, cascade.but(offers=offers), now, "interval_changed", minutes=minutes)


def _changed(visit: Visit, cascade: Cascade, now: datetime, did: str, **details: int) -> Decision[Visit]:
    """The step that is due stays due when it was; its timer learns whose turn it is now. While the search is
    paused none is due."""
    if waits_for_text(visit.but(cascade=cascade)):
        after, effects = go_on(visit.but(cascade=cascade), now)
        return Decision(after, did, details, effects)
    if cascade.next_at is None:
        return Decision(visit.but(cascade=cascade), did, details)
    decision = rearm(visit, cascade, max(now, cascade.next_at), did)
    return Decision(decision.record, did, details, decision.effects)
