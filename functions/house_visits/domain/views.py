"""What callers see of a visit: everything for staff, what they need for the doctor and the patient."""

from datetime import datetime

from functions.house_visits.domain.address import Caller
from functions.house_visits.domain.cascade import Cascade
from functions.house_visits.domain.visit import Visit
from shared.kernel.places import Position
from shared.kernel.records import Value
from shared.kernel.times import PreferredWindow


class OfferView(Value):
    """`interested_at`: when the doctor last asked something about it; the question stands in the chat."""

    offer_id: str
    doctor_id: str
    status: str
    code: str
    delay_minutes: int
    asked_at: datetime | None
    answered_at: datetime | None
    interested_at: datetime | None
    error_code: int


class CascadeView(Value):
    status: str
    policy: str
    quiet: str
    next_at: datetime | None
    pause_reason: str
    offers: tuple[OfferView, ...]


class WinnerView(Value):
    channel: str
    doctor_id: str
    clinic_id: str
    outside_name: str
    outside_phone: str
    starts_at: datetime | None
    ends_at: datetime | None
    won_at: datetime


class OutsideView(Value):
    opened_at: datetime
    due_at: datetime
    reason: str
    owner: str
    outcome: str


class VisitView(Value):
    """A visit as staff see it. `version` is its ETag; `attention` says why a person should look."""

    visit_id: str
    version: int
    status: str
    patient_id: str
    caller: Caller | None
    specialization: str
    window: PreferredWindow
    urgent: bool
    city: str
    district: str
    address: str
    how_to_enter: str
    position: Position | None
    position_quality: str
    reason: str
    attention: str
    cascade: CascadeView | None
    winner: WinnerView | None
    clinic_asked: str
    outside: OutsideView | None
    requested_at: datetime


def staff_view(visit: Visit) -> VisitView:
    request = visit.clinic_request
    return VisitView(
        visit_id=visit.id,
        version=visit.version,
        status=visit.status,
        patient_id=visit.patient_id,
        caller=visit.caller,
        specialization=visit.specialization,
        window=visit.window,
        urgent=visit.urgent,
        city=visit.address.city,
        district=visit.address.district,
        address=visit.address.line,
        how_to_enter=visit.address.how_to_enter,
        position=visit.address.position,
        position_quality=visit.address.quality,
        reason=visit.reason,
        attention=visit.attention,
        cascade=_cascade_view(visit.cascade) if visit.cascade else None,
        winner=_winner_view(visit),
        clinic_asked=request.clinic_id if request else "",
        outside=_outside_view(visit),
        requested_at=visit.requested_at,
    )


def _cascade_view(cascade: Cascade) -> CascadeView:
    return CascadeView(
        status=cascade.status,
        policy=cascade.policy,
        quiet=cascade.quiet,
        next_at=cascade.next_at,
        pause_reason=cascade.pause_reason,
        offers=tuple(
            OfferView(
                offer_id=one.id,
                doctor_id=one.doctor_id,
                status=one.status,
                code=one.code,
                delay_minutes=one.delay_minutes,
                asked_at=one.asked_at,
                answered_at=one.answered_at,
                interested_at=one.interested_at,
                error_code=one.error_code,
            )
            for one in cascade.offers
        ),
    )


def _winner_view(visit: Visit) -> WinnerView | None:
    winner = visit.winner
    if winner is None:
        return None
    return WinnerView(
        channel=winner.channel,
        doctor_id=winner.doctor_id,
        clinic_id=winner.clinic_id,
        outside_name=winner.outside_name,
        outside_phone=winner.outside_phone,
        starts_at=winner.starts_at,
        ends_at=winner.ends_at,
        won_at=winner.won_at,
    )


def _outside_view(visit: Visit) -> OutsideView | None:
    work = visit.outside
    if work is None:
        return None
    return OutsideView(
        opened_at=work.opened_at,
        due_at=work.due_at,
        reason=work.reason,
        owner=work.owner,
        outcome=work.outcome,
    )
