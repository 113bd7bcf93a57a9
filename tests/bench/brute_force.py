"""What a radius search must answer, the slow way: every clinic, Karney's geodesic, nothing of ours."""

from collections.abc import Iterable

from geographiclib.geodesic import Geodesic

from shared.contracts.clinic_entry import ClinicEntry
from shared.kernel.places import Position

SHORTEST_DEGREE_KM = 110.5  # of latitude, at the equator: 110.574
MILLIMETRES_DECIMALS = 6


class BruteForce:
    """All clinics by specialization; distances to the millimetre, as the domain tells them."""

    def __init__(self, entries: Iterable[ClinicEntry]) -> None:
        self._of: dict[str, list[ClinicEntry]] = {}
        for entry in entries:
            for code in entry.specializations:
                self._of.setdefault(code, []).append(entry)

    def near(
        self, here: Position, specialization: str, weekday: int, radius_km: float
    ) -> list[tuple[float, str]]:
        """(distance, id) of every clinic inside, the border included, nearest first."""
        found = []
        for entry in self._of.get(specialization, ()):
            if abs(entry.position.lat - here.lat) * SHORTEST_DEGREE_KM > radius_km + 1:
                continue
            if weekday not in entry.open_weekdays:
                continue
            distance = distance_km(here, entry.position)
            reach_km = radius_km if entry.visit_radius_km is None else min(radius_km, entry.visit_radius_km)
            if distance <= reach_km:
                found.append((distance, entry.clinic_id))
        return sorted(found)


def distance_km(a: Position, b: Position) -> float:
    metres = Geodesic.WGS84.Inverse(a.lat, a.lon, b.lat, b.lon, Geodesic.DISTANCE)["s12"]
    return round(float(metres) / 1000, MILLIMETRES_DECIMALS)
