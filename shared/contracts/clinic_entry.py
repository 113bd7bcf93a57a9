"""One clinic as the radius search sees it: what a search filters on, nothing else."""

from typing import Annotated, Final

from pydantic import AfterValidator, Field

from shared.contracts.directory import Clinic
from shared.kernel.places import Position
from shared.kernel.records import Value

CLINIC_ID_MAX: Final = 42  # an id of the customer, and the mark of a doctor before it
VISIT_RADIUS_MAX_KM: Final = 600.0
RADIUS_DECIMALS: Final = 2  # 10 m

ClinicId = Annotated[str, Field(pattern=r"^[!-~]+$", max_length=CLINIC_ID_MAX)]
SpecializationCode = Annotated[str, Field(min_length=1, max_length=40)]
Weekday = Annotated[int, Field(ge=0, le=6)]  # Monday is 0, as in datetime.date.weekday()
VisitRadius = Annotated[
    float, Field(ge=0, le=VISIT_RADIUS_MAX_KM), AfterValidator(lambda km: round(km, RADIUS_DECIMALS))
]


class ClinicEntry(Value):
    """A radius of None drives anywhere; no open weekday, and the clinic is never found."""

    clinic_id: ClinicId
    position: Position
    specializations: frozenset[SpecializationCode]
    open_weekdays: frozenset[Weekday]
    visit_radius_km: VisitRadius | None = None
    integrated: bool = False


def entry_of(clinic: Clinic) -> ClinicEntry | None:
    """None for a clinic that no search may find: without a position, or not active."""
    if clinic.position is None or not clinic.active:
        return None
    radius_km = clinic.visit_radius_km
    return ClinicEntry(
        clinic_id=clinic.id,
        position=clinic.position,
        specializations=frozenset(clinic.specializations),
        open_weekdays=frozenset(hours.weekday for hours in clinic.hours),
        visit_radius_km=None if radius_km is None else min(radius_km, VISIT_RADIUS_MAX_KM),
        integrated=clinic.integrated,
    )
