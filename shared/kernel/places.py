"""Where things are, and how far apart: positions and distances on the WGS84 ellipsoid.

A distance is the geodesic in a straight line, not the road, told to the millimetre. The millimetre makes a
border mean something: a clinic 50.000000 km away is inside 50 km on every machine and by every formula.

Two formulas, measured by the tests against Karney's exact geodesic. Up to 100 km the chord through the
ground, lengthened by the curvature half way, without a sine: within 0.05 micrometre at 60 km and 0.5 at
100 km. Farther, Vincenty's inverse, iterated on the ratio of the longitudes: 0.1 mm up to 19 700 km.
"""

from math import atan, atan2, cos, degrees, dist, hypot, pi, radians, remainder, sin, sqrt, tan
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from shared.kernel.records import Value

SEARCH_RADIUS_KM: Final = 50.0
EQUATOR_RADIUS_KM: Final = 6378.137
FLATTENING: Final = 1 / 298.257223563
POLAR_RADIUS_KM: Final = EQUATOR_RADIUS_KM * (1 - FLATTENING)
HALF_MERIDIAN_KM: Final = 20_003.931459
DEGREES_DECIMALS: Final = 7  # 1.1 cm on the ground, finer than any geocoder and kept exactly in space
KM_DECIMALS: Final = 6
_ECCENTRICITY2: Final = FLATTENING * (2 - FLATTENING)
_SECOND_ECCENTRICITY2: Final = _ECCENTRICITY2 / (1 - _ECCENTRICITY2)
_STEEPNESS2: Final = (EQUATOR_RADIUS_KM * (1 - _ECCENTRICITY2)) ** 2
_NEAR_KM: Final = 100.0
_ROUNDS_MAX: Final = 30
_CONVERGED: Final = 1e-8
_EQUATORIAL: Final = 1e-15  # a line along the equator has no middle to measure from
_NEARLY_ANTIPODAL: Final = pi - radians(2)

Spot = tuple[float, float, float]  # kilometres from the centre of the earth


def _on_grid(degrees: float) -> float:
    return round(degrees, DEGREES_DECIMALS) + 0.0  # + 0.0 turns -0.0 into 0.0


class Position(Value):
    """A point on the ground: degrees north and east on WGS84, kept to seven decimals."""

    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False), AfterValidator(_on_grid)]
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False), AfterValidator(_on_grid)]


def distance_km(a: Position, b: Position) -> float:
    """Length of the shortest line on the ellipsoid, to the millimetre.

    Within 2 degrees of the exact antipode, where no series converges, it is a share of half a meridian: the
    antipode and the poles come out exact, the rest within 0.2 %.
    """
    return distance_between_km(in_space_km(a.lat, a.lon), in_space_km(b.lat, b.lon))


def distance_between_km(a: Spot, b: Spot) -> float:
    """`distance_km` of two places in space: the one who searches thousands keeps them so."""
    chord = dist(a, b)
    if chord > _NEAR_KM:
        return round(_far_km(*_degrees(a), *_degrees(b)), KM_DECIMALS)
    if chord == 0.0:
        return 0.0
    # Bent as the ground between them: by latitude (z), and more the more it runs north (z per chord).
    z2, northwards = ((a[2] + b[2]) / 2) ** 2, (a[2] - b[2]) / chord
    across2 = 1 - _ECCENTRICITY2 * z2 / (_STEEPNESS2 + _ECCENTRICITY2 * z2)
    angle2 = (
        across2 * (chord / EQUATOR_RADIUS_KM * (1 + _SECOND_ECCENTRICITY2 * northwards * northwards)) ** 2
    )
    return round(chord * (1 + angle2 * (1 / 24 + angle2 * 3 / 640)), KM_DECIMALS)


def in_space_km(lat: float, lon: float) -> Spot:
    """Towards 0 N 0 E, 0 N 90 E and the north pole. A chord in space is never longer than the distance."""
    north, east = radians(lat), radians(lon)
    sin_lat = sin(north)
    normal = EQUATOR_RADIUS_KM / sqrt(1 - _ECCENTRICITY2 * sin_lat * sin_lat)
    level = normal * cos(north)
    return level * cos(east), level * sin(east), normal * (1 - _ECCENTRICITY2) * sin_lat


def on_ground(spot: Spot) -> Position:
    """The position that `in_space_km` was given, to the last decimal."""
    lat, lon = _degrees(spot)
    return Position(lat=lat, lon=lon)


def _degrees(spot: Spot) -> tuple[float, float]:
    x, y, z = spot
    return degrees(atan2(z, (1 - _ECCENTRICITY2) * hypot(x, y))), degrees(atan2(y, x))


def _far_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    apart = abs(radians(remainder(lon_b - lon_a, 360.0)))
    u_a, u_b = _reduced(lat_a), _reduced(lat_b)
    sin_a, cos_a, sin_b, cos_b = sin(u_a), cos(u_a), sin(u_b), cos(u_b)
    lam = apart  # the longitude between the two on the auxiliary sphere: what the rounds look for
    for _ in range(_ROUNDS_MAX):
        sin_lam = sin(lam)
        sin_s = hypot(cos_b * sin_lam, cos_a * sin_b - sin_a * cos_b * cos(lam))
        cos_s = sin_a * sin_b + cos_a * cos_b * cos(lam)
        s = atan2(sin_s, cos_s)
        if s > _NEARLY_ANTIPODAL:
            return HALF_MERIDIAN_KM * s / pi
        sin_azimuth = cos_a * cos_b * sin_lam / sin_s
        cos2_azimuth = 1 - sin_azimuth * sin_azimuth
        cos_mid = cos_s - 2 * sin_a * sin_b / cos2_azimuth if cos2_azimuth > _EQUATORIAL else 0.0
        c = FLATTENING / 16 * cos2_azimuth * (4 + FLATTENING * (4 - 3 * cos2_azimuth))
        arc = s + c * sin_s * (cos_mid + c * cos_s * (2 * cos_mid * cos_mid - 1))
        shift = (1 - c) * FLATTENING * sin_azimuth * arc
        # lam = apart + shift(lam), and shift is almost in proportion to lam: dividing needs 2 rounds, not 6.
        better = min(apart / (1 - shift / lam), pi) if lam else 0.0
        if abs(better - lam) < _CONVERGED:
            s += sin_azimuth * (better - lam)  # the last step needs no round of its own: it is linear
            break
        lam = better
    return _length_km(s, sin_s, cos_s, cos_mid, cos2_azimuth)


def _reduced(lat: float) -> float:
    return atan((1 - FLATTENING) * tan(radians(lat)))


def _length_km(s: float, sin_s: float, cos_s: float, cos_mid: float, cos2_azimuth: float) -> float:
    """Arc on the auxiliary sphere to kilometres on the ellipsoid: Vincenty's series in Helmert's k."""
    u2 = cos2_azimuth * (EQUATOR_RADIUS_KM**2 - POLAR_RADIUS_KM**2) / POLAR_RADIUS_KM**2
    k = (sqrt(1 + u2) - 1) / (sqrt(1 + u2) + 1)
    a, b = (1 + k * k / 4) / (1 - k), k * (1 - 3 * k * k / 8)
    inner = cos_s * (2 * cos_mid**2 - 1) - b / 6 * cos_mid * (4 * sin_s**2 - 3) * (4 * cos_mid**2 - 3)
    return POLAR_RADIUS_KM * a * (s - b * sin_s * (cos_mid + b / 4 * inner))
