"""The other chat says that somebody wrote there: signed, and a hint alone; what was written is read there."""

from functions.chat.domain.crossing import RoomKey, fetching
from shared.contracts.bridge import BridgeEvent
from shared.runtime.action import Done, action, webhook
from shared.runtime.context import Context


@action(webhook("/v1/webhooks/bridge/messages", verify="bridge"))
def hear_bridge(req: BridgeEvent, ctx: Context) -> Done:
    """Take note that there is something new in a room."""
    room = ctx.store.find(RoomKey, req.channel_id) if ctx.settings.bridge != "off" else None
    if room is not None:
        ctx.store.send(fetching(room.thread_id, req.message_id, ctx.now))
    return Done()
