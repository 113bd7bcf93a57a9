"""Where things are, and how far apart: positions and distances on the WGS84 ellipsoid.

A distance is the geodesic in a straight line, not the road, told to the millimetre. The millimetre makes a
border mean something: a clinic 50.000000 km away is inside 50 km on every machine and by every formula.

Two formulas, because most clinics can be ruled out by a cheap one:
- `distance_km` (Vincenty's inverse, iterated on the ratio of the longitudes) differs from Karney's exact
  geodesic by less than 0.5 micrometre up to 60 km and 0.1 mm up to 19 700 km. It alone decides.
- `rough_km_from` (Andoyer-Lambert, first order in the flattening) is off by at most 1.41e-6 of the distance
  up to 10 000 km: 0.085 m at 60 km. Whoever uses it allows for `ROUGH_ERROR` and asks `distance_km` the rest.
Both bounds are measured against geographiclib by the tests.
"""

from collections.abc import Callable
from math import asin, atan, atan2, cos, hypot, pi, radians, remainder, sin, sqrt, tan
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

SEARCH_RADIUS_KM: Final = 50.0
EQUATOR_RADIUS_KM: Final = 6378.137
FLATTENING: Final = 1 / 298.257223563
POLAR_RADIUS_KM: Final = EQUATOR_RADIUS_KM * (1 - FLATTENING)
HALF_MERIDIAN_KM: Final = 20_003.931459
ROUGH_ERROR: Final = 2e-6
ROUGH_RANGE_KM: Final = 10_000.0
DEGREES_DECIMALS: Final = 7  # 1.1 cm on the ground, finer than any geocoder and exact in 32 bits
KM_DECIMALS: Final = 6
_ROUNDS_MAX: Final = 30
_CONVERGED: Final = 1e-14
_NEARLY_ANTIPODAL: Final = pi - radians(2)


def _on_grid(degrees: float) -> float:
    return round(degrees, DEGREES_DECIMALS) + 0.0  # + 0.0 turns -0.0 into 0.0


class Position(BaseModel):
    """A point on the ground: degrees north and east on WGS84, kept to seven decimals."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False), AfterValidator(_on_grid)]
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False), AfterValidator(_on_grid)]


def distance_km(a: Position, b: Position) -> float:
    """Length of the shortest line on the ellipsoid, to the millimetre.

    Within 2 degrees of the exact antipode, where no series converges, it is a share of half a meridian: the
    antipode and the poles come out exact, the rest within 0.2 %.
    """
    return distance_between_km(a.lat, a.lon, b.lat, b.lon)


def distance_between_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """`distance_km` for bare degrees: the one who searches thousands has no time for objects."""
    apart = abs(radians(remainder(lon_b - lon_a, 360.0)))
    u_a, u_b = _reduced(lat_a), _reduced(lat_b)
    sin_a, cos_a, sin_b, cos_b = sin(u_a), cos(u_a), sin(u_b), cos(u_b)
    lam = apart  # the longitude between the two on the auxiliary sphere: what the rounds look for
    for _ in range(_ROUNDS_MAX):
        sin_lam = sin(lam)
        # sin(u_b - u_a) + ... instead of Vincenty's difference of products, which loses short distances.
        sin_s = hypot(cos_b * sin_lam, sin(u_b - u_a) + 2 * sin_a * cos_b * sin(lam / 2) ** 2)
        cos_s = sin_a * sin_b + cos_a * cos_b * cos(lam)
        s = atan2(sin_s, cos_s)
        if sin_s == 0.0 or s > _NEARLY_ANTIPODAL:
            return round(HALF_MERIDIAN_KM * s / pi, KM_DECIMALS)
        sin_azimuth = cos_a * cos_b * sin_lam / sin_s
        cos2_azimuth = 1 - sin_azimuth * sin_azimuth
        cos_mid = cos_s - 2 * sin_a * sin_b / cos2_azimuth if cos2_azimuth > _CONVERGED else 0.0
        c = FLATTENING / 16 * cos2_azimuth * (4 + FLATTENING * (4 - 3 * cos2_azimuth))
        arc = s + c * sin_s * (cos_mid + c * cos_s * (2 * cos_mid * cos_mid - 1))
        shift = (1 - c) * FLATTENING * sin_azimuth * arc
        # lam = apart + shift(lam), and shift is almost in proportion to lam: dividing needs 3 rounds, not 6.
        better = min(apart / (1 - shift / lam), pi) if lam else 0.0
        if abs(better - lam) < _CONVERGED:
            break
        lam = better
    return round(_length_km(s, sin_s, cos_s, cos_mid, cos2_azimuth), KM_DECIMALS)


def rough_km_from(here: Position) -> Callable[[float, float], float]:
    """A quick distance from here to (lat, lon), within `ROUGH_ERROR` of the truth up to `ROUGH_RANGE_KM`."""
    u_here, lon_here = _reduced(here.lat), here.lon
    cos_here = cos(u_here)

    def rough_km(lat: float, lon: float) -> float:
        u = atan((1 - FLATTENING) * tan(radians(lat)))
        mid, half = (u + u_here) / 2, (u - u_here) / 2
        sin_half = sin(half)
        h = sin_half**2 + cos_here * cos(u) * sin(radians(lon - lon_here) / 2) ** 2
        if h <= 0.0 or h >= 1.0:
            return 0.0 if h <= 0.0 else HALF_MERIDIAN_KM
        s = 2 * asin(sqrt(h))
        sin_s, sin_mid = sin(s), sin(mid)
        x = (s - sin_s) * (sin_mid * cos(half)) ** 2 / (1 - h)
        y = (s + sin_s) * (cos(mid) * sin_half) ** 2 / h
        return EQUATOR_RADIUS_KM * (s - FLATTENING / 2 * (x + y))

    return rough_km


def _reduced(lat: float) -> float:
    return atan((1 - FLATTENING) * tan(radians(lat)))


def _length_km(s: float, sin_s: float, cos_s: float, cos_mid: float, cos2_azimuth: float) -> float:
    """Arc on the auxiliary sphere to kilometres on the ellipsoid: Vincenty's series in Helmert's k."""
    u2 = cos2_azimuth * (EQUATOR_RADIUS_KM**2 - POLAR_RADIUS_KM**2) / POLAR_RADIUS_KM**2
    k = (sqrt(1 + u2) - 1) / (sqrt(1 + u2) + 1)
    a, b = (1 + k * k / 4) / (1 - k), k * (1 - 3 * k * k / 8)
    inner = cos_s * (2 * cos_mid**2 - 1) - b / 6 * cos_mid * (4 * sin_s**2 - 3) * (4 * cos_mid**2 - 3)
    return POLAR_RADIUS_KM * a * (s - b * sin_s * (cos_mid + b / 4 * inner))
