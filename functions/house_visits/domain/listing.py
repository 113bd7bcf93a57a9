"""Lists of visits: what may be asked for, and the row that is shown. A row holds nothing personal."""

from datetime import datetime

from functions.house_visits.domain.visit import Visit, VisitStatus
from shared.kernel.ports import Operator, Query
from shared.kernel.records import Value
from shared.kernel.times import PreferredWindow


class VisitFilter(Value):
    """What is None is not asked about. The visit's window begins at or after `since` and before `until`."""

    status: VisitStatus | None = None
    waits_for_person: bool | None = None
    specialization: str | None = None
    patient_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None


class VisitRow(Value):
    """`attention` says why a person should look at the visit; "" where nobody need."""

    visit_id: str
    version: int
    status: str
    patient_id: str
    specialization: str
    window: PreferredWindow
    urgent: bool
    city: str
    district: str
    attention: str
    doctor_id: str
    clinic_id: str
    requested_at: datetime


class OutsideRow(Value):
    """`reason` is why people search: nobody_accepted, no_time_left, operator. `owner` "" is nobody yet."""

    visit_id: str
    version: int
    patient_id: str
    specialization: str
    window: PreferredWindow
    urgent: bool
    city: str
    district: str
    attention: str
    reason: str
    owner: str
    opened_at: datetime
    due_at: datetime


def visits_where(wanted: VisitFilter) -> Query:
    """The soonest window first; every combination of filters has an index of its own."""
    where: list[tuple[str, Operator, object]] = [
        (name, "==", value)
        for name in ("status", "waits_for_person", "specialization", "patient_id")
        if (value := getattr(wanted, name)) is not None
    ]
    if wanted.since is not None:
        where.append(("window_starts_at", ">=", wanted.since))
    if wanted.until is not None:
        where.append(("window_starts_at", "<", wanted.until))
    return Query(Visit.kind, tuple(where), order=(("window_starts_at", "asc"), ("id", "asc")))


def row_of(visit: Visit) -> VisitRow:
    winner = visit.winner
    return VisitRow(
        visit_id=visit.id,
        version=visit.version,
        status=visit.status,
        patient_id=visit.patient_id,
        specialization=visit.specialization,
        window=visit.window,
        urgent=visit.urgent,
        city=visit.address.city,
        district=visit.address.district,
        attention=visit.attention,
        doctor_id=winner.doctor_id if winner else "",
        clinic_id=winner.clinic_id if winner else "",
        requested_at=visit.requested_at,
    )


def outside_work(owner: str | None) -> Query:
    """Open searches of people, the one that is due first standing first; of one owner where one is named."""
    where: list[tuple[str, Operator, object]] = [("status", "==", VisitStatus.OUTSIDE.value)]
    if owner is not None:
        where.append(("outside_owner", "==", owner))
    return Query(Visit.kind, tuple(where), order=(("outside_due_at", "asc"), ("id", "asc")))


def outside_row_of(visit: Visit) -> OutsideRow:
    work = visit.outside
    assert work is not None
    return OutsideRow(
        visit_id=visit.id,
        version=visit.version,
        patient_id=visit.patient_id,
        specialization=visit.specialization,
        window=visit.window,
        urgent=visit.urgent,
        city=visit.address.city,
        district=visit.address.district,
        attention=visit.attention,
        reason=work.reason,
        owner=work.owner,
        opened_at=work.opened_at,
        due_at=work.due_at,
    )
