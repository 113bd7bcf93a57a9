"""Twilio brings a text: keep it, tell whoever listens, answer with silence.

One commit. What the text means is decided elsewhere, so that this answers in time; a copy that Twilio
brings again finds the first one.
"""

from contextlib import suppress

from pydantic import Field

from functions.messaging.domain.inbox import received
from shared.kernel.errors import AlreadyThere
from shared.runtime.action import Done, Needs, Request, action, webhook
from shared.runtime.context import Context


class ReceiveSms(Request):
    message_sid: str = Field(alias="MessageSid", pattern="^(SM|MM)[0-9a-fA-F]{32}$")
    sender: str = Field(alias="From", max_length=60)
    recipient: str = Field(alias="To", max_length=60)
    body: str = Field("", alias="Body", max_length=1600)


@action(webhook("/v1/webhooks/twilio/sms", verify="twilio"), needs=Needs(min_instances=1))
def receive_sms(req: ReceiveSms, ctx: Context) -> Done:
    """Take in a text from a doctor's phone."""
    phone = ctx.ports.phones.normal(req.sender)
    key = ctx.ports.seals.lookup_key(ctx.actor.tenant_id, phone)
    text, news = received(
        req.message_sid, ctx.actor.tenant_id, phone, key, req.recipient, req.body, ctx.now, "webhook"
    )
    with suppress(AlreadyThere):
        ctx.store.create(text, effects=(news,))
    return Done()
