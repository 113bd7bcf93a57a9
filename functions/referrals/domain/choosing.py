"""Free slots near work or home, and who examines at a clinic."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal, Protocol

from functions.referrals.domain.arranging import SPECIALIZATION
from functions.referrals.domain.examination import DOCTORS_MAX
from functions.referrals.domain.referral import Referral
from shared.contracts.clinic_booking import ClinicRefused, ClinicUnknown, Slot
from shared.contracts.clinic_index import Found
from shared.contracts.directory import Clinic, Doctor
from shared.contracts.geocoding import AddressQuery
from shared.contracts.ports import Clinics
from shared.kernel.places import Position
from shared.kernel.ports import Query
from shared.kernel.records import Value

Near = Literal["work", "home"]

DAYS_AHEAD: Final = 14
CLINICS_MAX: Final = 4
"""Whose systems are asked while a person waits for the answer."""
SLOTS_MAX: Final = 40
LEAD: Final = timedelta(hours=3)
"""Nobody gets to a clinic at once."""
WEEKDAYS: Final = 7

_TOWN: Final = re.compile(r"(?:(?P<postcode>[0-9][0-9 -]{2,8}[0-9])\s+)?(?P<city>[^,0-9]+)$")


class Index(Protocol):
    def near(
        self, position: Position, specialization: str, weekday: int, radius_km: float = ..., limit: int = ...
    ) -> list[Found]: ...


class FreeSlot(Value):
    """`slot_id` is the clinic's; send it back with the times as they are here."""

    clinic_id: str
    clinic_name: str
    address: str
    zone: str
    slot_id: str
    starts_at: datetime
    ends_at: datetime
    distance_km: float


def place_of(referral: Referral, near: Near) -> AddressQuery:
    """The town of the employer or the person, from an address in one line: ul. Polna 1, 05-800 Pruszków."""
    line = referral.employer.address if near == "work" else referral.person.address
    street, _, town = line.rpartition(",")
    found = _TOWN.search(town.strip())
    return AddressQuery(
        street=street.strip(),
        postcode=(found["postcode"] or "") if found else "",
        city=found["city"].strip() if found else "",
        country=referral.jurisdiction,
    )


def clinics_near(index: Index, position: Position) -> dict[str, float]:
    """The nearest integrated clinics that examine, on whichever weekday, with their distance in km."""
    nearest: dict[str, float] = {}
    for weekday in range(WEEKDAYS):
        for one in index.near(position, SPECIALIZATION, weekday):
            if one.integrated:
                nearest[one.clinic_id] = one.distance_km
    return dict(sorted(nearest.items(), key=lambda pair: (pair[1], pair[0]))[:CLINICS_MAX])


def free_slots(
    clinics: Clinics, found: Sequence[Clinic], far: dict[str, float], since: datetime, until: datetime
) -> tuple[FreeSlot, ...]:
    """The earliest first. A clinic that is silent or refuses hides no other."""
    rows = [
        FreeSlot(
            clinic_id=clinic.id,
            clinic_name=clinic.name,
            address=clinic.address,
            zone=clinic.zone,
            slot_id=slot.id,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            distance_km=round(far[clinic.id], 1),
        )
        for clinic in found
        if clinic.active
        for slot in _asked(clinics, clinic.id, since, until)
    ]
    return tuple(sorted(rows, key=lambda one: (one.starts_at, one.distance_km, one.slot_id))[:SLOTS_MAX])


def _asked(clinics: Clinics, clinic_id: str, since: datetime, until: datetime) -> Sequence[Slot]:
    try:
        return clinics.find_slots(clinic_id, SPECIALIZATION, since, until)
    except (ClinicRefused, ClinicUnknown):
        return ()


def doctors_of(clinic_id: str) -> Query:
    return Query(
        Doctor.kind,
        where=(("clinic_ids", "array_contains", clinic_id), ("active", "==", True)),
        order=(("id", "asc"),),
        limit=100,
    )


def examiners(doctors: Iterable[Doctor]) -> tuple[str, ...]:
    """Those who may sign a certificate of fitness."""
    return tuple(one.id for one in doctors if SPECIALIZATION in one.specializations)[:DOCTORS_MAX]
