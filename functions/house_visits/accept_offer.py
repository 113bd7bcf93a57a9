"""A doctor says yes in the app.

Several doctors hold offers of the same visit and may answer in the same second. One commit holds; the
others run again, see the winner, and are told politely.
"""

from datetime import datetime

from functions.house_visits.domain.diary import Diary
from functions.house_visits.domain.visit import Channel, Visit
from functions.house_visits.domain.winning import ATTENTION, REFUSALS, Result, accept
from shared.contracts.directory import Doctor
from shared.kernel.actors import Role, Scope
from shared.kernel.errors import NotFound
from shared.kernel.times import PreferredWindow
from shared.runtime.action import Request, Response, action, post
from shared.runtime.context import Context


class AcceptOffer(Request):
    visit_id: str


class OfferAccepted(Response):
    """The address is shown here, in the app, and never in a text."""

    visit_id: str
    version: int
    address: str
    city: str
    window: PreferredWindow
    accepted_at: datetime


@action(post("/v1/house-visits/{visit_id}:accept"), role=Role.DOCTOR, scope=Scope.OFFERED)
def accept_offer(req: AcceptOffer, ctx: Context) -> OfferAccepted:
    """Take an offered visit; the first doctor to answer gets it."""
    me = ctx.actor.record_id
    ctx.store.prefetch((Visit, req.visit_id), (Doctor, me), (Diary, me))
    visit = ctx.store.get(Visit, req.visit_id)
    offer = visit.cascade.offer_to(me) if visit.cascade else None
    if offer is None:
        raise NotFound
    diary = ctx.store.find(Diary, me) or Diary(id=me, tenant_id=visit.tenant_id)
    acceptance = accept(visit, offer, ctx.store.find(Doctor, me), diary, Channel.APP, ctx.now)
    if acceptance.result in ATTENTION:
        # A person may want this yes after all. Where somebody else won, hundreds may be late at once:
        # they are told, and do not queue up to write that down.
        ctx.store.apply(acceptance.decision)
        raise REFUSALS[acceptance.result](keeps=True)
    if acceptance.result in REFUSALS:
        raise REFUSALS[acceptance.result]
    if acceptance.result == Result.WON:
        visit = ctx.store.apply(acceptance.decision)
        ctx.store.put(diary.with_visit(visit.id, visit.span, ctx.now))
    return _accepted(visit)


def _accepted(visit: Visit) -> OfferAccepted:
    assert visit.winner is not None
    return OfferAccepted(
        visit_id=visit.id,
        version=visit.version,
        address=visit.address.line,
        city=visit.address.city,
        window=visit.window,
        accepted_at=visit.winner.won_at,
    )
