"""A doctor's lists: offers they can take, visits they have taken. An address is shown one visit at a time."""

from datetime import datetime
from typing import Final, Literal

from functions.house_visits.domain.visit import Visit, VisitStatus
from shared.kernel.ports import Query
from shared.kernel.records import Value
from shared.kernel.times import PreferredWindow

SOONEST: Final[tuple[tuple[str, Literal["asc"]], ...]] = (("window_starts_at", "asc"), ("id", "asc"))


class OfferRow(Value):
    """`code` is the one in the text; answering in the app needs none."""

    visit_id: str
    specialization: str
    window: PreferredWindow
    urgent: bool
    city: str
    district: str
    code: str
    asked_at: datetime | None


class AssignedRow(Value):
    visit_id: str
    specialization: str
    comes_at: datetime
    until: datetime
    urgent: bool
    city: str
    district: str


def open_offers(doctor_id: str) -> Query:
    return Query(
        Visit.kind,
        where=(("status", "==", VisitStatus.OFFERING.value), ("open_to", "array_contains", doctor_id)),
        order=SOONEST,
    )


def assigned_visits(doctor_id: str) -> Query:
    return Query(
        Visit.kind,
        where=(("status", "==", VisitStatus.BOOKED.value), ("doctor_id", "==", doctor_id)),
        order=SOONEST,
    )


def offer_row_of(visit: Visit, doctor_id: str) -> OfferRow | None:
    offer = visit.cascade.offer_to(doctor_id) if visit.cascade else None
    if offer is None or not offer.is_open:
        return None
    return OfferRow(
        visit_id=visit.id,
        specialization=visit.specialization,
        window=visit.window,
        urgent=visit.urgent,
        city=visit.address.city,
        district=visit.address.district,
        code=offer.code,
        asked_at=offer.asked_at,
    )


def assigned_row_of(visit: Visit) -> AssignedRow:
    return AssignedRow(
        visit_id=visit.id,
        specialization=visit.specialization,
        comes_at=visit.span.starts_at,
        until=visit.span.ends_at,
        urgent=visit.urgent,
        city=visit.address.city,
        district=visit.address.district,
    )
