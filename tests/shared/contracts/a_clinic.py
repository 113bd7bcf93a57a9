"""An invented clinic in Warsaw unless said otherwise, and who is found from there."""

from shared.contracts.clinic_entry import ClinicEntry
from shared.contracts.clinic_index import ClinicIndex
from shared.kernel.places import Position

WARSAW = Position(lat=52.2297, lon=21.0122)
MONDAY, SUNDAY = 0, 6
CARDIOLOGY, PEDIATRICS = "cardiology", "pediatrics"


def clinic(
    clinic_id: str,
    lat: float = WARSAW.lat,
    lon: float = WARSAW.lon,
    skills: str = CARDIOLOGY,
    drives_km: float | None = None,
    days: range = range(5),
    integrated: bool = False,
) -> ClinicEntry:
    return ClinicEntry(
        clinic_id=clinic_id,
        position=Position(lat=lat, lon=lon),
        specializations=frozenset(skills.split()),
        open_weekdays=frozenset(days),
        visit_radius_km=drives_km,
        integrated=integrated,
    )


def found(index: ClinicIndex, specialization: str = CARDIOLOGY, weekday: int = MONDAY) -> list[str]:
    return [one.clinic_id for one in index.near(WARSAW, specialization, weekday)]
