"""Who could come: the clinics around a visit, their doctors, and doctors of no clinic; the nearest first.

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
from shared.contracts.doctor_entry import doctor_id
from shared.contracts.geocoding import GeocodeQuality
from shared.kernel.ports import Query
from shared.kernel.records import Value

CLINICS_MAX: Final = 30
"""A query asks for the doctors of at most so many clinics at once."""
BEYOND_MAX: Final = 3
OWN_DOCTORS_MAX: Final = 20
"""Doctors of no clinic, beside those of the clinics."""
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
    """`clinic_id` is the nearest of their clinics, and its distance is theirs; "" for a doctor of no clinic,
    who comes from their own place. `reasons`: beyond_radius, license_expires, and those for which a search
    skips a doctor: opted_out, no_phone, one_way_country, phone_not_verified."""

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
    """Where no clinic lies within the radius, `clinics` are the nearest beyond: taken only with a reason."""

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
    """What was read about a visit's surroundings. `own_found`: the places of doctors of no clinic, who are
    `own_doctors`. `one_way`: phones whose answers would not reach us."""

    visit: Visit
    radius_km: float
    found: Sequence[Found]
    own_found: Sequence[Found]
    clinics: Sequence[Clinic]
    doctors: Sequence[Doctor]
    own_doctors: Sequence[Doctor]
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
    return Candidates(
        visit_id=visit.id,
        radius_km=around.radius_km,
        beyond_radius=around.is_beyond,
        position_quality=visit.address.quality,
        position_is_rough=visit.address.quality in ROUGH,
        clinics=_clinics(around),
        doctors=_doctors(around, now),
        more_doctors=len(around.doctors) > DOCTORS_MAX or len(around.own_found) > OWN_DOCTORS_MAX,
    )


def _clinics(around: Around) -> tuple[ClinicCandidate, ...]:
    by_id = {one.id: one for one in around.clinics}
    rows = []
    for clinic_id, distance_km in around.distances_km.items():
        clinic = by_id[clinic_id]
        reasons = (*_far(around, distance_km), *why_not(around.visit, clinic, around.plan))
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


def _far(around: Around, distance_km: float) -> tuple[str, ...]:
    return ("beyond_radius",) if distance_km > around.radius_km else ()


def _doctors(around: Around, now: datetime) -> tuple[DoctorCandidate, ...]:
    visit, places = around.visit, _places(around)
    known = {one.id: one for one in (*around.own_doctors, *around.doctors[:DOCTORS_MAX])}
    fitting = [one for one in known.values() if one.id in places and _fits(one, visit)]
    everybody = Plan(doctor_ids=tuple(one.id for one in fitting), intervals=(0,))
    skipped = plan_offers(visit, everybody, fitting, around.one_way, now)[1]
    why_skipped = {one.doctor_id: (one.reason,) for one in skipped}
    integrated = {one.id for one in around.clinics if one.integrated}
    rows = []
    for doctor in fitting:
        distance_km, clinic_id = places[doctor.id]
        against = (*why_skipped.get(doctor.id, ()), *_license(doctor, visit))
        rows.append(
            DoctorCandidate(
                doctor_id=doctor.id,
                given_name=doctor.given_name,
                family_name=doctor.family_name,
                languages=doctor.languages,
                clinic_id=clinic_id,
                distance_km=distance_km,
                integrated=clinic_id in integrated,
                can_be_asked=not against,
                reasons=(*_far(around, distance_km), *against),
            )
        )
    return tuple(sorted(rows, key=lambda one: (one.distance_km, one.doctor_id)))


def _places(around: Around) -> dict[str, tuple[float, str]]:
    """From where each doctor would come: how far, and which of their clinics; "" for their own place."""
    places = {doctor_id(one.clinic_id): (one.distance_km, "") for one in around.own_found}
    distances_km = around.distances_km
    for doctor in around.doctors:
        there = [(distances_km[one], one) for one in doctor.clinic_ids if one in distances_km]
        if there:
            places[doctor.id] = min(there)
    return places


def _fits(doctor: Doctor, visit: Visit) -> bool:
    return doctor.active and visit.specialization in doctor.specializations


def _license(doctor: Doctor, visit: Visit) -> tuple[str, ...]:
    expires = doctor.license_until is not None and doctor.license_until < visit.window.day
    return ("license_expires",) if expires else ()
