"""A visit in each state that an action may need, as it lies in the store."""

from datetime import time, timedelta
from typing import Any

from functions.house_visits.domain.cascade import Cascade, CascadeStatus
from functions.house_visits.domain.clinic_booking import ATTENTION_AFTER
from functions.house_visits.domain.clinic_request import BookingStep, ClinicRequest
from functions.house_visits.domain.offer import Offer, OfferStatus
from functions.house_visits.domain.visit import Channel, OutsideWork, Visit, VisitStatus, Winner
from shared.kernel.times import PreferredWindow, QuietHours
from tests.authorization.parties import Party
from tests.outside import START
from tests.people import HOME

NOW_AND_LATER = PreferredWindow(day=START.date(), begins=time(9), ends=time(18))
"""It has begun, so that it can be completed, and is long, so that others can still be asked."""
TOMORROW = {"day": (START.date() + timedelta(days=1)).isoformat(), "begins": "14:00", "ends": "18:00"}


def visits(it: Party, phone_key: str) -> list[Visit]:
    return [
        _visit(it, "requested", VisitStatus.REQUESTED),
        _visit(it, "offering", VisitStatus.OFFERING, cascade=_cascade(it, phone_key, won=False)),
        _visit(
            it,
            "booked",
            VisitStatus.BOOKED,
            cascade=_cascade(it, phone_key, won=True),
            winner=Winner(channel=Channel.APP, doctor_id=it.doctor, offer_id=it.id("offer"), won_at=START),
        ),
        _visit(
            it,
            "outside",
            VisitStatus.OUTSIDE,
            outside=OutsideWork(opened_at=START, due_at=START + timedelta(hours=1), reason="operator"),
        ),
        _visit(
            it,
            "asking",
            VisitStatus.UNKNOWN_OUTCOME,
            clinic_request=_request(it),
        ),
    ]


def _request(it: Party) -> ClinicRequest:
    return ClinicRequest(
        clinic_id=it.id("clinic"),
        key=f"{it.id('visit-asking')}-1-1",
        step=BookingStep.ASK,
        asked_at=START,
        tries=ATTENTION_AFTER,
    )


def _visit(it: Party, state: str, status: VisitStatus, **facts: Any) -> Visit:
    return Visit(
        id=it.id(f"visit-{state}"),
        tenant_id=it.tenant_id,
        status=status,
        patient_id=it.patient,
        address=HOME,
        window=NOW_AND_LATER,
        window_starts_at=NOW_AND_LATER.starts_at,
        specialization="internal_medicine",
        requested_at=START,
        requested_by="op-1",
    ).but(**facts)


def _cascade(it: Party, phone_key: str, *, won: bool) -> Cascade:
    offer = Offer(
        id=it.id("offer"),
        doctor_id=it.doctor,
        phone=it.phone,
        phone_key=phone_key,
        language="pl",
        quiet_hours=QuietHours(),
        delay_minutes=10,
        status=OfferStatus.ACCEPTED if won else OfferStatus.DELIVERED,
        sender="+48732230001",
        code="7KJ",
        asked_at=START,
    )
    return Cascade(
        status=CascadeStatus.WON if won else CascadeStatus.RUNNING,
        offers=(offer,),
        next_at=None if won else START + timedelta(minutes=10),
        started_at=START,
        started_by="op-1",
    )
