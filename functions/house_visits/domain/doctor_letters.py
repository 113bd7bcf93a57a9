"""Letters to doctors who were asked: it is yours, or nobody waits for an answer any more."""

from datetime import datetime, timedelta

from functions.house_visits.domain.offer import Offer
from functions.house_visits.domain.texts import doctor_text
from functions.house_visits.domain.visit import Visit
from shared.contracts.notice_letters import text_letter
from shared.kernel.effects import Guard, SendSms

STAND_DOWN_VALID = timedelta(hours=12)


def told_yours(visit: Visit, offer: Offer, now: datetime) -> SendSms:
    """`visit` as it is once it is won: held up until it is somebody else's or nobody's, this is not said."""
    return text_letter(
        doctor_text("won", offer.language, visit, offer.code, offer.quiet_hours.zone),
        key=f"won-{offer.id}",
        to=offer.phone,
        sender=offer.sender,
        valid_until=max(visit.window.ends_at, now + timedelta(minutes=5)),
        about=visit.id,
        once=False,
        guard=Guard(kind=Visit.kind, record_id=visit.id, epoch=visit.epoch),
    )


def stand_down(visit: Visit, offer: Offer, text: str, now: datetime) -> SendSms:
    """Tells a doctor who was asked that nobody waits for an answer any more."""
    return text_letter(
        doctor_text(text, offer.language, visit, offer.code),
        key=f"{text}-{offer.id}",
        to=offer.phone,
        sender=offer.sender,
        valid_until=now + STAND_DOWN_VALID,
        about=visit.id,
    )
