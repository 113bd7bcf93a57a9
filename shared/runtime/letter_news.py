"""What is announced of a letter: a line in the log for each turn of a notice, a text's new status, and a mail
that a server will not have."""

from typing import Final

from shared.contracts.messaging import MailFailed, SmsLost, SmsStatus, SmsStatusChanged
from shared.kernel.effects import Publish
from shared.runtime import log
from shared.runtime.letters import Letter, LetterStatus

_SAID: Final = {
    LetterStatus.FAILED: SmsStatus.FAILED,
    LetterStatus.WITHDRAWN: SmsStatus.FAILED,
    LetterStatus.UNKNOWN: SmsStatus.UNKNOWN,
    LetterStatus.PENDING: SmsStatus.DELAYED,
    LetterStatus.SENDING: SmsStatus.DELAYED,  # not even the provider's log can be asked
}


def note(before: Letter, after: Letter) -> None:
    """The log's line of a notice: which one, by which way, with what outcome; nothing of what it says."""
    if after is before or not after.keeps:
        return
    told = after.sms or after.mail
    assert told is not None
    log.event(
        "notice",
        notice=told.notice,
        channel="sms" if after.sms is not None else "mail",
        outcome=after.status.value,
        about=told.about,
        letter=after.id,
        attempt=after.attempt,
        segments=after.segments,
        error_code=after.error_code,
    )


def news_of(before: Letter, after: Letter) -> tuple[Publish, ...]:
    """Nothing where there is nothing to say; the provider itself reports the rest."""
    if after is before:
        return ()
    if after.mail is not None and after.status == LetterStatus.FAILED:
        failed = MailFailed(letter_id=after.id, about=after.mail.about)
        return (Publish(key=f"{after.id}.failed", message=failed),)
    status = _status(before, after)
    if after.sms is None or status is None or status == before.reported:
        return ()
    news = SmsStatusChanged(
        letter_id=after.id,
        about=after.sms.about,
        status=status,
        error_code=after.error_code,
        permanent=status == SmsStatus.FAILED,
    )
    changed = Publish(key=f"{after.id}.{status}.{after.attempt}", message=news)
    return (changed, lost(after)) if status == SmsStatus.FAILED else (changed,)


def lost(letter: Letter) -> Publish:
    assert letter.sms is not None
    message = SmsLost(letter_id=letter.id, about=letter.sms.about)
    return Publish(key=f"{letter.id}.lost", message=message)


def _status(before: Letter, after: Letter) -> SmsStatus | None:
    if after.status == LetterStatus.SENT:
        return SmsStatus.SENT if before.reported == SmsStatus.DELAYED else None
    return _SAID[after.status]
