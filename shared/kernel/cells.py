"""The globe in cells of a quarter degree, and the cells that a circle may touch: more, never fewer.

Why no clinic is lost: everywhere on WGS84 a degree of latitude is at least `SMALLEST_RADIUS_KM` times one
degree long, and a degree of longitude at least that times the cosine of the latitude. So a sphere of that
radius, with the geodetic coordinates on it, shrinks every distance, and a circle drawn on it covers the real
one. What it covers too much is for the exact distance to reject.
"""

from collections.abc import Iterator
from math import acos, asin, cos, degrees, floor, pi, radians, sin
from typing import Final

from shared.kernel.places import EQUATOR_RADIUS_KM, FLATTENING, Position

CELL_DEGREES: Final = 0.25
CELL_ROWS: Final = 720
CELL_COLUMNS: Final = 1440
SMALLEST_RADIUS_KM: Final = (
    EQUATOR_RADIUS_KM * (1 - FLATTENING) ** 2
)  # of curvature: the meridian's at the equator
_PAD_DEGREES: Final = 1e-5  # a metre, for the rounding of the sines below
_WIDE: Final = radians(80)  # from here on a circle is the whole globe
_POLAR: Final = pi / 2 - 1e-3  # a circle that comes within 6 km of a pole takes whole rows


def cell_of(lat: float, lon: float) -> int:
    """Cells are numbered row by row from the south pole, each row from the date line eastwards."""
    row = min(floor((lat + 90) / CELL_DEGREES), CELL_ROWS - 1)
    return row * CELL_COLUMNS + floor((lon + 180) / CELL_DEGREES) % CELL_COLUMNS


def cells_around(here: Position, radius_km: float) -> Iterator[tuple[int, int]]:
    """Runs of cells (first, last) that together hold every place within the radius; no cell comes twice."""
    reach = radius_km / SMALLEST_RADIUS_KM
    if reach >= _WIDE:
        yield 0, CELL_ROWS * CELL_COLUMNS - 1
        return
    half_height = degrees(reach) + _PAD_DEGREES
    first_row = max(floor((here.lat - half_height + 90) / CELL_DEGREES), 0)
    last_row = min(floor((here.lat + half_height + 90) / CELL_DEGREES), CELL_ROWS - 1)
    for row in range(first_row, last_row + 1):
        yield from _columns(row * CELL_COLUMNS, here.lon, _half_width(here.lat, reach, row) + _PAD_DEGREES)


def _columns(row_start: int, lon: float, half_width: float) -> Iterator[tuple[int, int]]:
    first = floor((lon - half_width + 180) / CELL_DEGREES)
    last = floor((lon + half_width + 180) / CELL_DEGREES)
    if last - first >= CELL_COLUMNS - 1:
        yield row_start, row_start + CELL_COLUMNS - 1
    elif first < 0 or last >= CELL_COLUMNS:  # across the date line
        yield row_start + first % CELL_COLUMNS, row_start + CELL_COLUMNS - 1
        yield row_start, row_start + last % CELL_COLUMNS
    else:
        yield row_start + first, row_start + last


def _half_width(lat: float, reach: float, row: int) -> float:
    """The most degrees of longitude that the circle reaches east or west within one row of cells."""
    center = radians(lat)
    if abs(center) + reach >= _POLAR:
        return 180.0
    south = radians(row * CELL_DEGREES - 90)
    widest = asin(sin(center) / cos(reach))
    at = min(max(widest, south, center - reach), south + radians(CELL_DEGREES), center + reach)
    return degrees(acos(min(max((cos(reach) - sin(center) * sin(at)) / (cos(center) * cos(at)), -1.0), 1.0)))
