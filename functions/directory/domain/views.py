"""What callers see of the directory."""

from datetime import date, datetime

from functions.directory.domain.sync import SetAsideRow, SyncCursor
from shared.contracts.directory import Clinic, Doctor, Hours
from shared.kernel.places import Position
from shared.kernel.records import Value
from shared.kernel.times import QuietHours


class ClinicView(Value):
    clinic_id: str
    name: str
    address: str
    city: str
    country: str
    position: Position | None
    zone: str
    specializations: tuple[str, ...]
    hours: tuple[Hours, ...]
    visit_radius_km: float | None
    integrated: bool
    phone: str
    plans: tuple[str, ...]
    active: bool


class PhoneView(Value):
    number: str
    verified_on: date | None
    opted_out: bool


class DoctorView(Value):
    doctor_id: str
    given_name: str
    family_name: str
    languages: tuple[str, ...]
    specializations: tuple[str, ...]
    clinic_ids: tuple[str, ...]
    phones: tuple[PhoneView, ...]
    quiet_hours: QuietHours
    license_number: str
    license_until: date | None
    active: bool


class SyncView(Value):
    """`checked_at`: when the customer last answered; `trouble`: why not since then."""

    collection: str
    checked_at: datetime | None
    trouble: str
    trouble_since: datetime | None


class SetAsideView(Value):
    """`reason` names fields of the row, never what they held."""

    collection: str
    row_id: str
    reason: str
    at: datetime


def clinic_view(clinic: Clinic) -> ClinicView:
    return ClinicView(
        clinic_id=clinic.id,
        name=clinic.name,
        address=clinic.address,
        city=clinic.city,
        country=clinic.country,
        position=clinic.position,
        zone=clinic.zone,
        specializations=clinic.specializations,
        hours=clinic.hours,
        visit_radius_km=clinic.visit_radius_km,
        integrated=clinic.integrated,
        phone=clinic.phone,
        plans=clinic.plans,
        active=clinic.active,
    )


def doctor_view(doctor: Doctor) -> DoctorView:
    return DoctorView(
        doctor_id=doctor.id,
        given_name=doctor.given_name,
        family_name=doctor.family_name,
        languages=doctor.languages,
        specializations=doctor.specializations,
        clinic_ids=doctor.clinic_ids,
        phones=tuple(
            PhoneView(number=one.number, verified_on=one.verified_on, opted_out=one.opted_out)
            for one in doctor.phones
        ),
        quiet_hours=doctor.quiet_hours,
        license_number=doctor.license_number,
        license_until=doctor.license_until,
        active=doctor.active,
    )


def sync_view(cursor: SyncCursor) -> SyncView:
    return SyncView(
        collection=cursor.collection,
        checked_at=cursor.checked_at,
        trouble=cursor.trouble,
        trouble_since=cursor.trouble_since,
    )


def set_aside_view(row: SetAsideRow) -> SetAsideView:
    return SetAsideView(collection=row.collection, row_id=row.row_id, reason=row.reason, at=row.at)
