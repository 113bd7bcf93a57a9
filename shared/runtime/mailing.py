"""Mail: at least once, at most twice, told apart by a stable Message-ID."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from shared.contracts.mail import MailDelayed, MailRefused, MailUnknown, OutboundMail
from shared.runtime import log
from shared.runtime.letters import ATTEMPTS_MAX, BACK_OFF, Letter, LetterStatus

if TYPE_CHECKING:
    from shared.runtime.wiring import Wiring

DELAY = timedelta(minutes=5)
"""Servers that greylist want to be asked again after some minutes."""


def post_mail(letter: Letter, wiring: Wiring) -> Letter:
    """The letter as it is afterwards."""
    mail = letter.mail
    assert mail is not None
    if letter.attempt > ATTEMPTS_MAX:
        return letter.but(status=LetterStatus.UNKNOWN)
    attachments = tuple((one.name, one.content_type, one.text.encode()) for one in mail.attachments)
    out = OutboundMail(mail.to, mail.subject, mail.text, mail.html, attachments, f"<{letter.id}@visita>")
    try:
        wiring.mail.send(out)
    except MailRefused:
        log.event("mail_refused", severity="WARNING", letter=letter.id)
        return letter.but(status=LetterStatus.FAILED)
    except MailDelayed:
        log.event("mail_delayed", severity="WARNING", letter=letter.id)
        return letter.but(
            status=LetterStatus.PENDING, attempt=letter.attempt - 1, due_at=wiring.clock.now() + DELAY
        )
    except MailUnknown:
        log.event("mail_outcome_unknown", severity="WARNING", letter=letter.id, attempt=letter.attempt)
        if letter.attempt >= ATTEMPTS_MAX:
            return letter.but(status=LetterStatus.UNKNOWN)
        return letter.but(status=LetterStatus.PENDING, due_at=wiring.clock.now() + BACK_OFF)
    return letter.but(status=LetterStatus.SENT)
