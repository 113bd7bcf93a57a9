"""Visits in every state for tests of pure rules: built by hand, without a store and without time passing."""

from datetime import date, datetime, time, timedelta

from functions.house_visits.domain.cascade import Cascade
from functions.house_visits.domain.clinic_request import BookingStep, ClinicRequest
from functions.house_visits.domain.offer import Offer, OfferStatus
from functions.house_visits.domain.visit import Channel, OutsideWork, Visit, VisitStatus, Winner
from shared.contracts.clinic_booking import Slot
from shared.contracts.directory import Doctor, DoctorPhone
from shared.kernel.times import QuietHours
from tests.outside import START
from tests.people import AFTERNOON, ANNA, EWA, HOME, JAN, NAMES, PHONES, PIOTR
from tests.world import TENANT

NOW = START
MINUTE = timedelta(minutes=1)
CLOSES = AFTERNOON.ends_at - timedelta(minutes=30)
CODES = {ANNA: "7KJ", PIOTR: "WR6", EWA: "VP7", JAN: "W7J"}
SENDER = "+48732230001"

_ASKED = frozenset(OfferStatus) - {OfferStatus.PLANNED}


def offer(doctor_id: str, status: OfferStatus = OfferStatus.PLANNED, **facts: object) -> Offer:
    """Who was asked was asked twenty minutes ago."""
    asked = {"sender": SENDER, "code": CODES[doctor_id], "asked_at": NOW - 20 * MINUTE}
    return Offer(
        id=f"offer-v1-1-{doctor_id}",
        doctor_id=doctor_id,
        phone=PHONES[doctor_id],
        phone_key=f"key-{doctor_id}",
        language="pl",
        quiet_hours=QuietHours(),
        delay_minutes=10,
        status=status,
    ).but(**{**(asked if status in _ASKED else {}), **facts})


def visit(status: VisitStatus = VisitStatus.REQUESTED, **facts: object) -> Visit:
    return Visit(
        id="v1",
        tenant_id=TENANT,
        patient_id="p-1",
        address=HOME,
        window=AFTERNOON,
        window_starts_at=AFTERNOON.starts_at,
        specialization="internal_medicine",
        requested_at=NOW - 60 * MINUTE,
        requested_by="op-1",
        status=status,
    ).but(**facts)


def cascade(*offers: Offer, **facts: object) -> Cascade:
    """A search that began half an hour ago and asks the next doctor in five minutes."""
    return Cascade(
        offers=offers, arm=3, next_at=NOW + 5 * MINUTE, started_at=NOW - 30 * MINUTE, started_by="op-1"
    ).but(**facts)


def searching(*offers: Offer, **facts: object) -> Visit:
    search = cascade(*offers, **facts)
    return visit(VisitStatus.OFFERING, cascade=search, due_at=search.next_at or CLOSES)


def won_by_anna(*others: Offer) -> Visit:
    """By text; the patient knows."""
    accepted = offer(ANNA, OfferStatus.ACCEPTED, answered_at=NOW - 10 * MINUTE)
    search = cascade(accepted, *others, status="won", next_at=None)
    winner = Winner(
        channel=Channel.SMS, doctor_id=ANNA, offer_id=accepted.id, won_at=NOW - 10 * MINUTE
    )  # fmt: skip
    return visit(
        VisitStatus.BOOKED, cascade=search, winner=winner, epoch=2, told_epoch=2, invited=True
    )  # fmt: skip


def clinic_request(**facts: object) -> ClinicRequest:
    """The first clinic is being asked to book its first slot."""
    return ClinicRequest(
        clinic_id="c-1",
        key="v1-1-1",
        step=BookingStep.BOOK,
        slot=slot(),
        asked_at=NOW - MINUTE,
        clinics_left=("c-2",),
    ).but(**facts)


def slot(slot_id: str = "s-1", hours: int = 0) -> Slot:
    begins = AFTERNOON.starts_at + timedelta(hours=hours)
    return Slot(
        id=slot_id,
        clinic_id="c-1",
        specialization="internal_medicine",
        starts_at=begins,
        ends_at=begins + timedelta(hours=1),
    )


def asking_clinic(**facts: object) -> Visit:
    return visit(
        VisitStatus.UNKNOWN_OUTCOME, clinic_request=clinic_request(**facts), due_at=NOW + 3 * MINUTE
    )  # fmt: skip


def won_by_clinic() -> Visit:
    winner = Winner(
        channel=Channel.CLINIC,
        clinic_id="c-1",
        starts_at=slot().starts_at,
        ends_at=slot().ends_at,
        won_at=NOW - MINUTE,
    )
    return visit(
        VisitStatus.BOOKED, clinic_request=clinic_request(reference="r-1"), winner=winner, epoch=2
    )  # fmt: skip


def searched_outside(*offers: Offer, owner: str = "") -> Visit:
    work = OutsideWork(
        opened_at=NOW - 5 * MINUTE, due_at=NOW + 25 * MINUTE, reason="nobody_accepted", owner=owner
    )  # fmt: skip
    search = cascade(*offers, status="exhausted", next_at=None) if offers else None
    return visit(
        VisitStatus.OUTSIDE, cascade=search, outside=work, epoch=2, attention="outside_search"
    )  # fmt: skip


def doctor(doctor_id: str, **facts: object) -> Doctor:
    given, family = NAMES[doctor_id]
    phone = DoctorPhone(number=PHONES[doctor_id], phone_key=f"key-{doctor_id}", verified_on=date(2026, 10, 1))
    return Doctor(
        id=doctor_id,
        tenant_id=TENANT,
        given_name=given,
        family_name=family,
        language="pl",
        specializations=("internal_medicine",),
        phones=(phone,),
        quiet_hours=QuietHours(),
    ).but(**facts)


def at(clock: str, day: int = NOW.day) -> datetime:
    """An instant of this November by its UTC time."""
    return datetime.combine(date(NOW.year, NOW.month, day), time.fromisoformat(clock), tzinfo=NOW.tzinfo)
