"""Lists of cases: what may be asked for, and the rows that are shown. A row holds nothing personal."""

from datetime import date, datetime
from typing import Final

from functions.certificates.domain.case import ANY_DOCTOR, CaseStatus, CertificateCase, Modality, Priority
from shared.kernel.ports import Operator, Query
from shared.kernel.records import Value

SWEPT_MAX: Final = 100


class CaseFilter(Value):
    """What is None is not asked about. Due on or after `since` and before `until`."""

    status: CaseStatus | None = None
    modality: Modality | None = None
    priority: Priority | None = None
    patient_id: str | None = None
    doctor_id: str | None = None
    waits_for_person: bool | None = None
    since: date | None = None
    until: date | None = None


class CaseRow(Value):
    """`attention` says why a person should look at the case; "" where nobody need."""

    case_id: str
    version: int
    status: str
    modality: str
    certificate_kind: str
    purpose: str
    priority: str
    patient_id: str
    doctor_id: str
    due_on: date
    late: bool
    attention: str
    requested_at: datetime


class WorklistRow(Value):
    """`mine`: assigned to you, or reserved until `lease_until`. `conflict`: gave it back for one."""

    case_id: str
    version: int
    status: str
    modality: str
    certificate_kind: str
    purpose: str
    priority: str
    specialization: str
    due_on: date
    due_at: datetime
    late: bool
    mine: bool
    conflict: bool
    lease_until: datetime | None
    starts_at: datetime | None


def cases_where(wanted: CaseFilter) -> Query:
    """What is due first stands first; every combination of filters has an index of its own."""
    where: list[tuple[str, Operator, object]] = [
        (name, "==", value)
        for name in ("status", "modality", "priority", "patient_id", "doctor_id", "waits_for_person")
        if (value := getattr(wanted, name)) is not None
    ]
    if wanted.since is not None:
        where.append(("due_on", ">=", wanted.since.isoformat()))
    if wanted.until is not None:
        where.append(("due_on", "<", wanted.until.isoformat()))
    return Query(CertificateCase.kind, tuple(where), order=(("due_on", "asc"), ("id", "asc")))


def worklist_of(doctor_id: str) -> Query:
    """What this doctor works on and what any doctor may take: priority first, then due day, then id.

    One query, so that one cursor serves both: whatever comes or goes, no row moves past another.
    """
    return Query(
        CertificateCase.kind,
        where=(("open_to", "array_contains_any", [ANY_DOCTOR, doctor_id]),),
        order=(("rank", "asc"), ("id", "asc")),
    )


def ended_leases(before: datetime) -> Query:
    return Query(
        CertificateCase.kind,
        where=(("status", "==", CaseStatus.RESERVED.value), ("lease_until", "<=", before)),
        order=(("lease_until", "asc"), ("id", "asc")),
        limit=SWEPT_MAX,
    )


def unanswered_clinics(before: datetime) -> Query:
    """Bookings whose next look is overdue."""
    return Query(
        CertificateCase.kind,
        where=(("status", "==", CaseStatus.UNKNOWN_OUTCOME.value), ("look_at", "<=", before)),
        order=(("look_at", "asc"), ("id", "asc")),
        limit=SWEPT_MAX,
    )


def overdue(now: datetime) -> Query:
    """Open cases whose day has ended and of which nobody was told."""
    return Query(
        CertificateCase.kind,
        where=(("watch_at", "<=", now),),
        order=(("watch_at", "asc"), ("id", "asc")),
        limit=SWEPT_MAX,
    )


def row_of(case: CertificateCase, now: datetime) -> CaseRow:
    return CaseRow(
        case_id=case.id,
        version=case.version,
        status=case.status,
        modality=case.modality,
        certificate_kind=case.certificate_kind,
        purpose=case.purpose,
        priority=case.priority,
        patient_id=case.patient_id,
        doctor_id=case.doctor_id,
        due_on=case.due_on,
        late=case.is_open and now >= case.due_at,
        attention=case.attention,
        requested_at=case.requested_at,
    )


def worklist_row_of(case: CertificateCase, doctor_id: str, now: datetime) -> WorklistRow:
    return WorklistRow(
        case_id=case.id,
        version=case.version,
        status=case.status,
        modality=case.modality,
        certificate_kind=case.certificate_kind,
        purpose=case.purpose,
        priority=case.priority,
        specialization=case.specialization,
        due_on=case.due_on,
        due_at=case.due_at,
        late=now >= case.due_at,
        mine=case.doctor_id == doctor_id,
        conflict=doctor_id in case.excluded_doctors,
        lease_until=case.reservation.lease_until if case.reservation else None,
        starts_at=case.appointment.starts_at if case.appointment else None,
    )
