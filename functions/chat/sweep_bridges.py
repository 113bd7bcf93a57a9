"""The guarantee behind tasks and webhooks of the bridge: what was lost is carried and fetched anyway."""

from functions.chat.domain.crossing import CarryMessages, Crossing, FetchMessages, watched
from shared.runtime.action import Needs, Request, Response, action, schedule
from shared.runtime.context import Context


class SweepBridges(Request):
    pass


class BridgesSwept(Response):
    """`refused`: rooms at which people must look."""

    watched: int
    refused: int


@action(schedule("*/5 * * * *"), needs=Needs(timeout_seconds=540))
def sweep_bridges(req: SweepBridges, ctx: Context) -> BridgesSwept:
    """Look after every conversation that is carried over."""
    found = ctx.store.select(Crossing, watched()) if ctx.settings.bridge != "off" else []
    for one in found:
        ctx.at_once(CarryMessages(thread_id=one.id))
        ctx.at_once(FetchMessages(thread_id=one.id))
    return BridgesSwept(watched=len(found), refused=sum(one.refused != "" for one in found))
