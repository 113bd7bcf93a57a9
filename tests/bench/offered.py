"""A visit offered to many doctors, and their yeses as they arrive: signed texts and taps in the app.

Every doctor has a phone, a desk and an open offer, as if the cascade had asked all of them.
"""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from functions.house_visits.domain.cascade import Cascade
from functions.house_visits.domain.codes import ISSUABLE
from functions.house_visits.domain.desk import Desk, DeskEntry
from functions.house_visits.domain.offer import Offer, OfferStatus
from functions.house_visits.domain.visit import Visit, VisitStatus
from shared.contracts.sms import InboundSms
from shared.kernel.ports import Claims
from shared.kernel.times import QuietHours
from shared.runtime import catalog, entry
from shared.runtime.incoming import Incoming
from shared.runtime.problem import Answer
from tests import doors
from tests.members import member_of
from tests.people import AFTERNOON, HOME, as_doctor, doctor, patient, phone_key
from tests.world import SENDERS, TENANT, World

ASKED_AGO = timedelta(minutes=5)
ACCEPT = "house_visits__accept_offer"
RECEIVE = "messaging__receive_sms"

_numbers = count(1)


@dataclass(frozen=True)
class Asked:
    """A doctor who holds an open offer."""

    doctor_id: str
    phone: str
    sender: str
    offer_id: str
    code: str


def ask(world: World, visit_id: str, doctors: int, first: int = 0) -> list[Asked]:
    """Gives the world a visit with that many open offers, if need be more than a cascade may have.

    The doctors are numbered from `first`: one who is asked twice holds two visits at the same hour.
    """
    asked = [
        Asked(
            doctor_id=f"d-{number:04}",
            phone=f"+4851210{number:04}",
            sender=SENDERS[number % len(SENDERS)],
            offer_id=f"offer-{visit_id}-1-d-{number:04}",
            code=ISSUABLE[number % len(ISSUABLE)],
        )
        for number in range(first, first + doctors)
    ]
    world.given(patient(), _visit(world, visit_id, asked), *(_desk(world, visit_id, one) for one in asked))
    world.given(*(doctor(world, one.doctor_id, phone=one.phone) for one in asked))
    world.given(*(member_of(as_doctor(one.doctor_id)) for one in asked))
    return asked


def _visit(world: World, visit_id: str, asked: list[Asked]) -> Visit:
    now = world.clock.now()
    return Visit(
        id=visit_id,
        tenant_id=TENANT,
        status=VisitStatus.OFFERING,
        patient_id="p-1",
        address=HOME,
        window=AFTERNOON,
        window_starts_at=AFTERNOON.starts_at,
        specialization="internal_medicine",
        requested_at=now - ASKED_AGO,
        requested_by="op-1",
        cascade=Cascade(
            offers=tuple(_offer(world, one) for one in asked),
            started_at=now - ASKED_AGO,
            started_by="op-1",
        ),
    )


def _offer(world: World, asked: Asked) -> Offer:
    return Offer(
        id=asked.offer_id,
        doctor_id=asked.doctor_id,
        phone=asked.phone,
        phone_key=phone_key(world, asked.phone),
        language="pl",
        quiet_hours=QuietHours(),
        delay_minutes=10,
        status=OfferStatus.DELIVERED,
        sender=asked.sender,
        code=asked.code,
        asked_at=world.clock.now() - ASKED_AGO,
    )


def _desk(world: World, visit_id: str, asked: Asked) -> Desk:
    entry = DeskEntry(
        visit_id=visit_id,
        offer_id=asked.offer_id,
        doctor_id=asked.doctor_id,
        sender=asked.sender,
        code=asked.code,
        offered_at=world.clock.now() - ASKED_AGO,
    )
    return Desk(id=phone_key(world, asked.phone), tenant_id=TENANT, entries=(entry,))


def yes_by_text(world: World, asked: Asked) -> Answer:
    """Through our webhook. The message it announces is left to be delivered."""
    return entry.answer_to(catalog.find(RECEIVE), signed_text(world, asked), world.wiring)


def signed_text(world: World, asked: Asked) -> Incoming:
    """A yes as Twilio brings it, signed as Twilio signs."""
    sid, now = f"SM{next(_numbers):032x}", world.clock.now()
    return doors.text_from(world.settings, InboundSms(sid, asked.phone, asked.sender, "Tak", now))


def look_around(world: World, asked: Asked) -> None:
    """In the app, a moment ago: the instance knows who they are."""
    who = as_doctor(asked.doctor_id)
    world.wiring.members.actor_for(Claims(who.user_id, who.tenant_id, who.role, who.record_id))


def yes_in_the_app(world: World, visit_id: str, asked: Asked) -> Answer:
    action, key = catalog.find(ACCEPT), f"tap-{next(_numbers):08}"
    tapped = doors.from_app(action, {"visit_id": visit_id}, as_doctor(asked.doctor_id), key)
    return entry.answer_to(action, tapped, world.wiring)
