"""A doctor says no in the app: the search moves on at once."""

from functions.house_visits.domain.visit import Channel, Visit
from functions.house_visits.domain.winning import decline
from shared.kernel.actors import Role, Scope
from shared.kernel.errors import NotFound
from shared.kernel.records import Decision
from shared.runtime.action import Done, Request, action, post
from shared.runtime.context import Context


class DeclineOffer(Request):
    visit_id: str


@action(post("/v1/house-visits/{visit_id}:decline"), role=Role.DOCTOR, scope=Scope.OFFERED)
def decline_offer(req: DeclineOffer, ctx: Context) -> Done:
    """Decline an offered visit; the next doctor is asked."""

    def declined(visit: Visit) -> Decision[Visit]:
        offer = visit.cascade.offer_to(ctx.actor.record_id) if visit.cascade else None
        if offer is None:
            raise NotFound
        return decline(visit, offer, ctx.now, Channel.APP)

    ctx.store.change(Visit, req.visit_id, declined)
    return Done()
