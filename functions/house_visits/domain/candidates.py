"""Who could come: the clinics around a visit, the nearest first, and their doctors.

Nobody is hidden who might do: whoever cannot be booked or asked as things are is shown with the reasons.
Distances are straight lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from functions.house_visits.domain.clinic_fit import why_not
from functions.house_visits.domain.planning import Plan, plan_offers
from functions.house_visits.domain.previewing import ROUGH
from functions.house_visits.domain.visit import Visit
from shared.contracts.clinic_index import Found
from shared.contracts.directory import Clinic, Doctor
from shared.contracts.geocoding import GeocodeQuality
from shared.kernel.ports import Query
from shared.kernel.records import Value

CLINICS_MAX: Final = 30
"""A query asks for the doctors of at most so many clinics at once."""
BEYOND_MAX: Final = 3
DOCTORS_MAX: Final = 100


class ClinicCandidate(Value):
    """`reasons`: beyond_radius, not_integrated, other_specializations, closed_then, plan_not_covered."""

    clinic_id: str
    name: str
    address: str
    city: str
    phone: str
    distance_km: float
    integrated: bool
    can_be_booked: bool
    reasons: tuple[str, ...]


class DoctorCandidate(Value):
    """`clinic_id` is the nearest of their clinics. `reasons`: beyond_radius, license_expires, and those for
    which a search skips a doctor: opted_out, no_phone, one_way_country, phone_not_verified."""

    doctor_id: str
    given_name: str
    family_name: str
    languages: tuple[str, ...]
    clinic_id: str
    distance_km: float
    integrated: bool
    can_be_asked: bool
    reasons: tuple[str, ...]


class Candidates(Value):
    """Where nothing lies within the radius, `clinics` are the nearest beyond it: taken only with a reason."""

    visit_id: str
    radius_km: float
    beyond_radius: bool
    position_quality: GeocodeQuality
    position_is_rough: bool
    clinics: tuple[ClinicCandidate, ...]
    doctors: tuple[DoctorCandidate, ...]
    more_doctors: bool


@dataclass(frozen=True)
class Around:
    """What was read about a visit's surroundings. `one_way`: phones whose answers would not reach us."""

    visit: Visit
    radius_km: float
    found: Sequence[Found]
    clinics: Sequence[Clinic]
    doctors: Sequence[Doctor]
    plan: str
    one_way: frozenset[str]

    @property
    def is_beyond(self) -> bool:
        return bool(self.found) and self.found[0].distance_km > self.radius_km

    @property
    def distances_km(self) -> dict[str, float]:
        """Of the clinics that still exist, the nearest first: the index may be a moment behind."""
        there = {one.id for one in self.clinics if one.active}
        return {one.clinic_id: one.distance_km for one in self.found if one.clinic_id in there}


def doctors_of_any(clinic_ids: Sequence[str]) -> Query:
    """Active doctors of any of these clinics, one more than are shown."""
    return Query(
        Doctor.kind,
        where=(("active", "==", True), ("clinic_ids", "array_contains_any", list(clinic_ids[:CLINICS_MAX]))),
        order=(("id", "asc"),),
        limit=DOCTORS_MAX + 1,
    )


def candidates(around: Around, now: datetime) -> Candidates:
    visit = around.visit
    doctors = _doctors(around, now)
    return Candidates(
        visit_id=visit.id,
        radius_km=around.radius_km,
        beyond_radius=around.is_beyond,
        position_quality=visit.address.quality,
        position_is_rough=visit.address.quality in ROUGH,
        clinics=_clinics(around),
        doctors=tuple(sorted(doctors, key=lambda one: (one.distance_km, one.doctor_id))),
        more_doctors=len(around.doctors) > DOCTORS_MAX,
    )


def _clinics(around: Around) -> tuple[ClinicCandidate, ...]:
    by_id = {one.id: one for one in around.clinics}
    rows = []
    for clinic_id, distance_km in around.distances_km.items():
        clinic = by_id[clinic_id]
        reasons = (*_far(around), *why_not(around.visit, clinic, around.plan))
        rows.append(
            ClinicCandidate(
                clinic_id=clinic.id,
                name=clinic.name,
                address=clinic.address,
                city=clinic.city,
                phone=clinic.phone,
                distance_km=distance_km,
                integrated=clinic.integrated,
                can_be_booked=not reasons,
                reasons=reasons,
            )
        )
    return tuple(rows)


def _far(around: Around) -> tuple[str, ...]:
    return ("beyond_radius",) if around.is_beyond else ()


def _doctors(around: Around, now: datetime) -> list[DoctorCandidate]:
    visit, distances_km = around.visit, around.distances_km
    integrated = {one.id for one in around.clinics if one.integrated}
    fitting = [
        one
        for one in around.doctors[:DOCTORS_MAX]
        if visit.specialization in one.specializations and distances_km.keys() & set(one.clinic_ids)
    ]
    everybody = Plan(doctor_ids=tuple(one.id for one in fitting), intervals=(0,))
    skipped = {
        one.doctor_id: one.reason for one in plan_offers(visit, everybody, fitting, around.one_way, now)[1]
    }
    rows = []
    for doctor in fitting:
        clinic_id = min(
            distances_km.keys() & set(doctor.clinic_ids), key=lambda one: (distances_km[one], one)
        )
        reasons = [*_far(around), *([skipped[doctor.id]] if doctor.id in skipped else [])]
        if doctor.license_until is not None and doctor.license_until < visit.window.day:
            reasons.append("license_expires")
        rows.append(
            DoctorCandidate(
                doctor_id=doctor.id,
                given_name=doctor.given_name,
                family_name=doctor.family_name,
                languages=doctor.languages,
                clinic_id=clinic_id,
                distance_km=distances_km[clinic_id],
                integrated=clinic_id in integrated,
                can_be_asked=doctor.id not in skipped and "license_expires" not in reasons,
                reasons=tuple(reasons),
            )
        )
    return rows
