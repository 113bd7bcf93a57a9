"""Texts: at most once each as far as the provider lets us know, never blindly twice.

Twilio has no idempotency key. A text whose outcome is unknown stays `sending`; after its lease the
provider's log is asked for our marker, and only if it is not there is it sent a second time. After two
attempts it is `unknown`, which counts as sent: a yes is valid, and the search moves on at its time. While
the log itself cannot be asked, nothing is sent and nothing is counted.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shared.contracts.sms import (
    OutboundSms,
    SmsAccepted,
    SmsRefused,
    SmsRejectedAccount,
    SmsThrottled,
    SmsUnknown,
)
from shared.kernel.effects import SendSms
from shared.runtime import log, spans
from shared.runtime.letters import ATTEMPTS_MAX, BACK_OFF, Letter, LetterStatus

if TYPE_CHECKING:
    from shared.runtime.wiring import Wiring

NO_ANSWER = (SmsThrottled, SmsRejectedAccount, SmsUnknown)
ATTEMPTS_UNTIL_TOLD_MAX = 6
"""Of what must be said even if it is said twice: who comes must know it."""
VALIDITY_SECONDS_MIN, VALIDITY_SECONDS_MAX = 6, 36_000


def send_text(letter: Letter, wiring: Wiring, *, fresh: bool) -> Letter:
    """The letter as it is afterwards; the very same one where the outcome is not known.

    `fresh`: nobody can have sent it before.
    """
    sms, now = letter.sms, wiring.clock.now()
    assert sms is not None
    if not fresh:
        try:
            sent = wiring.sms.find_sent(sms.to, letter.written_at, sms.marker)
        except NO_ANSWER:
            log.event("sms_lookup_failed", severity="WARNING", letter=letter.id)
            return letter.but(attempt=letter.attempt - 1, due_at=now + BACK_OFF)  # looked for again
        if sent is not None:
            return _sent(letter, sent, wiring)
        if letter.attempt > (ATTEMPTS_MAX if sms.once else ATTEMPTS_UNTIL_TOLD_MAX):
            return letter.but(status=LetterStatus.UNKNOWN)
    if now >= sms.valid_until:
        return letter.but(status=LetterStatus.WITHDRAWN)
    return _send(letter, sms, wiring, now)


def _send(letter: Letter, sms: SendSms, wiring: Wiring, now: datetime) -> Letter:
    try:
        sent = wiring.sms.send(_outbound(letter, sms, wiring.settings.public_url, now))
    except SmsRefused as refused:
        log.event("sms_refused", severity="WARNING", letter=letter.id, code=refused.code)
        return letter.but(status=LetterStatus.FAILED, error_code=refused.code)
    except SmsThrottled as throttled:
        return _later(
            letter, now + timedelta(seconds=throttled.retry_after_seconds or BACK_OFF.total_seconds())
        )
    except SmsRejectedAccount:
        log.event("sms_account_rejected", severity="CRITICAL", letter=letter.id)
        return _later(letter, now + BACK_OFF)
    except SmsUnknown:
        log.event("sms_outcome_unknown", severity="WARNING", letter=letter.id)
        return letter
    return _sent(letter, sent, wiring)


def _sent(letter: Letter, sent: SmsAccepted, wiring: Wiring) -> Letter:
    """Once for each text, however it became known that it is out: what it costs, by who wrote it."""
    figures: dict[str, float] = {"segments": sent.segments}
    if letter.module:
        figures[f"segments_of_{letter.module}"] = sent.segments
        figures[f"cents_of_{letter.module}"] = round(sent.segments * wiring.settings.segment_cents, 3)
    log.figures(figures)
    return letter.but(status=LetterStatus.SENT, provider_id=sent.sid, segments=sent.segments)


def _origin(letter: Letter) -> str:
    """So that the report belongs to the trace of what it reports on."""
    carried = spans.carried(letter.trace, letter.span)
    return f"&t={carried}" if carried else ""


def _outbound(letter: Letter, sms: SendSms, public_url: str, now: datetime) -> OutboundSms:
    """The provider drops the text when its time is over, and reports to a URL that names our letter."""
    left = int((sms.valid_until - now).total_seconds())
    return OutboundSms(
        to=sms.to,
        sender=sms.sender,
        body=sms.body,
        validity_seconds=max(VALIDITY_SECONDS_MIN, min(left, VALIDITY_SECONDS_MAX)),
        status_url=f"{public_url}/v1/webhooks/twilio/status?m={letter.id}&a={letter.attempt}{_origin(letter)}",
    )


def _later(letter: Letter, at: datetime) -> Letter:
    """Nothing was sent: this attempt does not count."""
    return letter.but(status=LetterStatus.PENDING, attempt=letter.attempt - 1, due_at=at)
