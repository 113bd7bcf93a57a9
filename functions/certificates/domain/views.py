"""What callers see of a case: everything for staff; for its doctor, what they need of the patient as well."""

from datetime import date, datetime

from functions.certificates.domain.case import CaseStatus, CertificateCase
from functions.certificates.domain.due import DueDay
from functions.certificates.domain.insurer import Insurer
from shared.contracts.patients import Patient
from shared.kernel.records import Value


class ReservationView(Value):
    doctor_id: str
    since: datetime
    lease_until: datetime
    extensions: int


class AppointmentView(Value):
    """`reference` is the clinic's own name for it, "" where nobody but people agreed it."""

    clinic_id: str
    doctor_id: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    reference: str


class CaseView(Value):
    """A case as staff see it. `version` is its ETag; `attention` says why a person should look.

    `due` tells, right after it was set, which day was asked for and which is kept.
    """

    case_id: str
    version: int
    status: str
    modality: str
    certificate_kind: str
    purpose: str
    priority: str
    patient_id: str
    specialization: str
    insurer: Insurer | None
    country: str
    zone: str
    due_on: date
    due_at: datetime
    late: bool
    reservation: ReservationView | None
    appointment: AppointmentView | None
    clinic_asked: str
    attention: str
    certificate_id: str
    requested_at: datetime
    requested_by: str
    due: DueDay | None = None


class Whom(Value):
    """The patient, as far as whoever judges their health must know."""

    given_name: str
    family_name: str
    birth_date: date
    sex: str
    language: str


class AssignedCase(Value):
    """A case as its doctor sees it; `lease_until` is None for an examination."""

    case_id: str
    version: int
    status: str
    modality: str
    certificate_kind: str
    purpose: str
    priority: str
    specialization: str
    insurer: Insurer | None
    due_on: date
    due_at: datetime
    lease_until: datetime | None
    appointment: AppointmentView | None
    certificate_id: str
    patient: Whom | None


def staff_view(case: CertificateCase, now: datetime, due: DueDay | None = None) -> CaseView:
    claim = case.reservation
    return CaseView(
        case_id=case.id,
        version=case.version,
        status=case.status,
        modality=case.modality,
        certificate_kind=case.certificate_kind,
        purpose=case.purpose,
        priority=case.priority,
        patient_id=case.patient_id,
        specialization=case.specialization,
        insurer=case.insurer,
        country=case.country,
        zone=case.zone,
        due_on=case.due_on,
        due_at=case.due_at,
        late=case.is_open and now >= case.due_at,
        reservation=ReservationView(**claim.model_dump()) if claim else None,
        appointment=_appointment(case),
        clinic_asked=case.clinic_request.clinic_id if case.clinic_request else "",
        attention=case.attention,
        certificate_id=case.certificate_id,
        requested_at=case.requested_at,
        requested_by=case.requested_by,
        due=due,
    )


def assigned_view(case: CertificateCase, patient: Patient | None) -> AssignedCase:
    return AssignedCase(
        case_id=case.id,
        version=case.version,
        status=case.status,
        modality=case.modality,
        certificate_kind=case.certificate_kind,
        purpose=case.purpose,
        priority=case.priority,
        specialization=case.specialization,
        insurer=case.insurer,
        due_on=case.due_on,
        due_at=case.due_at,
        lease_until=case.reservation.lease_until if case.reservation else None,
        appointment=_appointment(case),
        certificate_id=case.certificate_id,
        patient=_whom(patient) if patient else None,
    )


def _whom(patient: Patient) -> Whom:
    return Whom(
        given_name=patient.given_name,
        family_name=patient.family_name,
        birth_date=patient.birth_date,
        sex=patient.sex,
        language=patient.language,
    )


def _appointment(case: CertificateCase) -> AppointmentView | None:
    one = case.appointment
    if one is None or case.status == CaseStatus.PENDING:  # it was lost
        return None
    return AppointmentView(
        clinic_id=one.clinic_id,
        doctor_id=one.doctor_id,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        zone=one.zone,
        reference=one.reference,
    )
