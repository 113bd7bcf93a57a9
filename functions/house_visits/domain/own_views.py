"""A visit as the doctor who took it and the patient it is for see it: what each needs, no more."""

from datetime import date, datetime

from functions.house_visits.domain.address import Caller
from functions.house_visits.domain.visit import Visit, VisitStatus
from shared.contracts.directory import Clinic, Doctor
from shared.contracts.patients import Patient
from shared.kernel.places import Position
from shared.kernel.records import Value
from shared.kernel.times import PreferredWindow

SEARCHED: frozenset[VisitStatus] = frozenset(
    {VisitStatus.REQUESTED, VisitStatus.UNKNOWN_OUTCOME, VisitStatus.OFFERING, VisitStatus.OUTSIDE}
)


class Place(Value):
    line: str
    city: str
    postcode: str
    how_to_enter: str
    position: Position | None


class Whom(Value):
    """The patient, as far as somebody who comes to their door must know."""

    given_name: str
    family_name: str
    birth_date: date
    language: str
    phone: str
    caller: Caller | None


class AssignedVisit(Value):
    """`place`, `whom` and `reason` are there while the doctor is expected, and gone when it is over."""

    visit_id: str
    version: int
    status: str
    specialization: str
    window: PreferredWindow
    comes_at: datetime
    until: datetime
    urgent: bool
    place: Place | None
    whom: Whom | None
    reason: str


class OwnVisit(Value):
    """`status` in the patient's words: searching, booked, completed, missed, not_found, cancelled."""

    visit_id: str
    version: int
    status: str
    specialization: str
    window: PreferredWindow
    comes_at: datetime | None
    until: datetime | None
    doctor: str
    clinic: str


def assigned_view(visit: Visit, patient: Patient | None) -> AssignedVisit:
    expected = visit.status == VisitStatus.BOOKED
    return AssignedVisit(
        visit_id=visit.id,
        version=visit.version,
        status=visit.status,
        specialization=visit.specialization,
        window=visit.window,
        comes_at=visit.span.starts_at,
        until=visit.span.ends_at,
        urgent=visit.urgent,
        place=_place(visit) if expected else None,
        whom=_whom(visit, patient) if expected and patient is not None else None,
        reason=visit.reason if expected else "",
    )


def _place(visit: Visit) -> Place:
    address = visit.address
    return Place(
        line=address.line,
        city=address.city,
        postcode=address.postcode,
        how_to_enter=address.how_to_enter,
        position=address.position,
    )


def _whom(visit: Visit, patient: Patient) -> Whom:
    return Whom(
        given_name=patient.given_name,
        family_name=patient.family_name,
        birth_date=patient.birth_date,
        language=patient.language,
        phone=patient.phone,
        caller=visit.caller,
    )


def own_view(visit: Visit, doctor: Doctor | None, clinic: Clinic | None) -> OwnVisit:
    """`doctor`, `clinic`: who comes, where we know them."""
    winner = visit.winner if visit.status == VisitStatus.BOOKED else None
    name = f"{doctor.given_name} {doctor.family_name}" if doctor else ""
    return OwnVisit(
        visit_id=visit.id,
        version=visit.version,
        status=_in_patients_words(visit.status),
        specialization=visit.specialization,
        window=visit.window,
        comes_at=visit.span.starts_at if winner else None,
        until=visit.span.ends_at if winner else None,
        doctor=(name or winner.outside_name) if winner else "",
        clinic=clinic.name if winner and clinic else "",
    )


def _in_patients_words(status: VisitStatus) -> str:
    if status in SEARCHED:
        return "searching"
    return {VisitStatus.NO_SHOW: "missed", VisitStatus.CLOSED_UNFILLED: "not_found"}.get(status, status)
