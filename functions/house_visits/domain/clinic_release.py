"""Giving back what a visit holds in a clinic's own system: asked again until the clinic has confirmed it."""

from datetime import datetime, timedelta
from typing import Final

from functions.house_visits.domain.clinic_letters import CancelAtClinic
from functions.house_visits.domain.visit import Channel, Visit, VisitStatus
from shared.kernel.effects import Later
from shared.kernel.records import Decision

FIRST_DELAY: Final = timedelta(minutes=1)
LONGEST_DELAY: Final = timedelta(minutes=30)
ATTENTION_AFTER: Final = 5  # tries: half an hour
TRIES_MAX: Final = 50  # a day
NOT_RELEASED: Final = "clinic_not_released"


def release(visit: Visit, now: datetime) -> tuple[Later, ...]:
    """The letter that lets the visit's clinic go; none where no clinic holds anything of it.

    To be sent by whatever decision ends the booking, also one whose outcome is not known yet.
    """
    request, winner = visit.clinic_request, visit.winner
    held = visit.status == VisitStatus.UNKNOWN_OUTCOME or (winner and winner.channel == Channel.CLINIC)
    if request is None or not held:
        return ()
    return (_letter(CancelAtClinic(visit_id=visit.id, clinic_id=request.clinic_id, key=request.key), now),)


def not_released(visit: Visit, asked: CancelAtClinic) -> Decision[Visit] | None:
    """After some tries a person should phone the clinic; said once."""
    if asked.tries < ATTENTION_AFTER or visit.attention == NOT_RELEASED:
        return None
    details = {"clinic_id": asked.clinic_id}
    return Decision(visit.but(attention=NOT_RELEASED), NOT_RELEASED, details)


def asked_again(asked: CancelAtClinic, now: datetime) -> tuple[Later, ...]:
    """The next try; none after the last."""
    if asked.tries >= TRIES_MAX:
        return ()
    at = now + min(FIRST_DELAY * 2 ** min(asked.tries, 10), LONGEST_DELAY)
    return (_letter(asked.but(tries=asked.tries + 1), at),)


def _letter(message: CancelAtClinic, at: datetime) -> Later:
    return Later(key=f"release-{message.key}-{message.tries}", message=message, at=at)
