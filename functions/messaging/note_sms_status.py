"""Twilio reports what became of a text. Our own id in the signed URL says which one it was, even when we
died before we could note Twilio's."""

from pydantic import Field

from functions.messaging.domain.delivery import FAILURES, deserves_another_try, is_news, status_of
from shared.contracts.messaging import SmsLost, SmsStatus, SmsStatusChanged
from shared.kernel.effects import Publish
from shared.runtime.action import Done, Request, action, webhook
from shared.runtime.context import Context
from shared.runtime.letters import Letter, LetterStatus


class NoteSmsStatus(Request):
    m: str = Field(max_length=200, description="The id of our letter.")
    a: int = Field(1, ge=1, description="Which attempt of it.")
    t: str = Field("", max_length=60, description="The trace that the text belongs to.")
    message_sid: str = Field(alias="MessageSid", pattern="^(SM|MM)[0-9a-fA-F]{32}$")
    message_status: str = Field(alias="MessageStatus", max_length=30)
    error_code: int = Field(0, alias="ErrorCode", ge=0)


@action(webhook("/v1/webhooks/twilio/status", verify="twilio"))
def note_sms_status(req: NoteSmsStatus, ctx: Context) -> Done:
    """Note a delivery report and pass it on."""
    status, letter = status_of(req.message_status), ctx.store.find(Letter, req.m)
    if status is None or letter is None or letter.sms is None or not is_news(letter.delivery, status):
        return Done()
    if letter.provider_id and letter.provider_id != req.message_sid:
        return Done()  # another attempt's report; ours is told by its own
    if req.a < letter.attempt and status in FAILURES:
        return Done()  # that attempt is known to have failed: another one is on its way
    if deserves_another_try(status, req.error_code, letter.attempt):
        again = letter.but(status=LetterStatus.PENDING, due_at=ctx.now, provider_id="", delivery="")
        ctx.store.put(again)
        return Done()
    known = letter.but(delivery=status.value, provider_id=req.message_sid, error_code=req.error_code)
    ctx.store.put(known.but(status=LetterStatus.SENT) if letter.is_open else known)
    ctx.store.send(Publish(key=f"{letter.id}.{status}", message=_news(letter, status, req.error_code)))
    if status in FAILURES:
        lost = SmsLost(letter_id=letter.id, about=letter.sms.about)
        ctx.store.send(Publish(key=f"{letter.id}.lost", message=lost))
    return Done()


def _news(letter: Letter, status: SmsStatus, error_code: int) -> SmsStatusChanged:
    assert letter.sms is not None
    return SmsStatusChanged(
        letter_id=letter.id,
        about=letter.sms.about,
        status=status,
        error_code=error_code,
        permanent=status in FAILURES,
    )
