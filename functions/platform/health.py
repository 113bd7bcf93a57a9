"""Whether this deployment can do its work: it answers, and the store answers it."""

from shared.contracts.messaging import InboundText
from shared.runtime.action import Request, Response, action, public
from shared.runtime.context import Context


class Health(Request):
    pass


class Healthy(Response):
    status: str
    revision: str
    release: str


@action(public("/v1/health"))
def health(req: Health, ctx: Context) -> Healthy:
    """Say whether the system is up."""
    ctx.store.find(InboundText, "health")  # one read: raises when the store is away
    return Healthy(status="ok", revision=ctx.settings.revision, release=ctx.settings.release)
