"""An operator has dealt with a text: it leaves the list of those that wait."""

from functions.messaging.domain.inbox import settled
from shared.contracts.messaging import InboundText
from shared.kernel.actors import Role
from shared.runtime.action import Done, Request, action, post
from shared.runtime.context import Context


class SettleText(Request):
    text_id: str


@action(post("/v1/texts/{text_id}:settle"), role=Role.OPERATOR)
def settle_text(req: SettleText, ctx: Context) -> Done:
    """Take a text off the list of those that wait for a person."""
    ctx.store.put(settled(ctx.store.get(InboundText, req.text_id)))
    return Done()
