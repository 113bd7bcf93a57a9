"""Geocoding by Google or Nominatim, through geopy. Down, slow or over quota is an answer, not an error."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, Literal

from shared.adapters.geocoding import OfflineGeocoder, is_close, time_zone_at
from shared.contracts.geocoding import (
    CANDIDATES_MAX,
    AddressQuery,
    GeocodeQuality,
    GeocodeReason,
    GeocodeResult,
    Place,
)
from shared.contracts.ports import Geocoder
from shared.kernel.places import Position

TIMEOUT_SECONDS: Final = 4.0
GEOCODERS = Literal["offline", "google", "nominatim"]
HOUSE_RANK: Final = 28  # Nominatim's place_rank: 30 a house, 26 a street, less a place
STREET_RANK: Final = 26
BEST_FIRST: Final = tuple(GeocodeQuality)

Found = tuple[Place, GeocodeQuality, bool]  # the flag tells that only a part was understood


def choose_geocoder(
    kind: GEOCODERS, *, google_key: str = "", nominatim_domain: str = "nominatim.openstreetmap.org"
) -> Geocoder:
    """The geocoder named by the setting; geopy is loaded only for the two that need it."""
    match kind:
        case "google":
            return GoogleGeocoder(google_key)
        case "nominatim":
            return NominatimGeocoder(nominatim_domain)
        case "offline":
            return OfflineGeocoder()


class GoogleGeocoder:
    """Google's Geocoding API, held to the country that was asked for."""

    def __init__(
        self,
        key: str,
        *,
        domain: str = "maps.googleapis.com",
        scheme: str = "https",
        timeout: float = TIMEOUT_SECONDS,
    ) -> None:
        from geopy.geocoders import GoogleV3

        self._geocoder = GoogleV3(
            key, domain=domain, scheme=scheme, timeout=timeout, adapter_factory=_without_retries()
        )

    def locate(self, query: AddressQuery) -> GeocodeResult:
        line = ", ".join(part for part in (query.street, f"{query.postcode} {query.city}".strip()) if part)
        ask = partial(self._geocoder.geocode, line, exactly_one=False, components={"country": query.country})
        return _answer(ask, _read_google, query, "google")


class NominatimGeocoder:
    """A Nominatim server; the public one allows a request a second and wants to know who asks."""

    def __init__(
        self, domain: str, *, scheme: str = "https", agent: str = "visita", timeout: float = TIMEOUT_SECONDS
    ) -> None:
        from geopy.geocoders import Nominatim

        self._geocoder = Nominatim(
            domain=domain,
            scheme=scheme,
            user_agent=agent,
            timeout=timeout,
            adapter_factory=_without_retries(),
        )

    def locate(self, query: AddressQuery) -> GeocodeResult:
        parts = {"street": query.street, "postalcode": query.postcode, "city": query.city}
        ask = partial(
            self._geocoder.geocode,
            {name: part for name, part in parts.items() if part},
            exactly_one=False,
            limit=CANDIDATES_MAX,
            country_codes=query.country,
            addressdetails=True,
        )
        return _answer(ask, _read_nominatim, query, "nominatim")


def _without_retries() -> Callable[..., Any]:
    """geopy asks three times by default: the time-out would be three times as long as it says."""
    from geopy.adapters import RequestsAdapter

    return partial(RequestsAdapter, max_retries=0)


def _answer(
    ask: Callable[[], Sequence[Any] | None],
    read: Callable[[Mapping[str, Any], AddressQuery], Found],
    query: AddressQuery,
    source: str,
) -> GeocodeResult:
    from geopy.exc import GeopyError

    if not (query.city or query.postcode):
        return GeocodeResult(source=source, reason=GeocodeReason.INCOMPLETE)
    try:
        found = [read(location.raw, query) for location in (ask() or ())[:CANDIDATES_MAX]]
    except (GeopyError, LookupError, TypeError, ValueError, AttributeError):
        # Whatever it is, the geocoder gave no answer that we can read: a person sets the pin. What the
        # gazetteer knows is where the map opens.
        nearby = OfflineGeocoder().locate(query)
        candidates = (nearby.found,) if nearby.found else nearby.candidates
        return GeocodeResult(candidates=candidates, source=source, reason=GeocodeReason.OUTAGE)
    return _best_of(_distinct(found), query, source)


def _best_of(found: Sequence[Found], query: AddressQuery, source: str) -> GeocodeResult:
    if not found:
        return GeocodeResult(source=source, reason=GeocodeReason.NOT_FOUND)
    place, quality, is_partial = found[0]
    if len(found) > 1 and found[1][1] == quality:
        places = tuple(one for one, _, _ in found)
        return GeocodeResult(candidates=places, source=source, reason=GeocodeReason.SEVERAL)
    coarse = bool(query.street) and quality in (GeocodeQuality.POSTCODE, GeocodeQuality.CITY)
    reason = GeocodeReason.PARTIAL if is_partial or coarse else GeocodeReason.SURE
    return GeocodeResult(found=place, quality=quality, source=source, reason=reason)


def _distinct(found: Sequence[Found]) -> list[Found]:
    """The best first; a second row for the same spot (a street comes in pieces) is left out."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: BEST_FIRST.index(one[1])):
        if not any(is_close(one[0].position, other[0].position) for other in kept):
            kept.append(one)
    return kept


def _read_google(raw: Mapping[str, Any], query: AddressQuery) -> Found:
    at, types = raw["geometry"]["location"], raw.get("types", ())
    parts = {kind: part["long_name"] for part in raw["address_components"] for kind in part["types"]}
    match raw["geometry"]["location_type"]:
        case "ROOFTOP":
            quality = GeocodeQuality.ROOFTOP
        case "RANGE_INTERPOLATED":
            quality = GeocodeQuality.STREET
        case "GEOMETRIC_CENTER" if "route" in types:
            quality = GeocodeQuality.STREET
        case _:
            quality = GeocodeQuality.POSTCODE if "postal_code" in types else GeocodeQuality.CITY
    position = Position(lat=at["lat"], lon=at["lng"])
    region, postcode = parts.get("administrative_area_level_1", ""), parts.get("postal_code", "")
    place = _place(raw["formatted_address"], position, region, postcode, query.country)
    return place, quality, bool(raw.get("partial_match", False))


def _read_nominatim(raw: Mapping[str, Any], query: AddressQuery) -> Found:
    rank, address = int(raw["place_rank"]), raw.get("address", {})
    if rank >= STREET_RANK:
        quality = GeocodeQuality.ROOFTOP if rank >= HOUSE_RANK else GeocodeQuality.STREET
    else:
        quality = GeocodeQuality.POSTCODE if raw.get("type") == "postcode" else GeocodeQuality.CITY
    position = Position(lat=float(raw["lat"]), lon=float(raw["lon"]))
    region, postcode = address.get("state", ""), address.get("postcode", "")
    return _place(raw["display_name"], position, region, postcode, query.country), quality, False


def _place(name: str, position: Position, region: str, postcode: str, country: str) -> Place:
    return Place(
        position=position,
        name=name,
        country=country,
        region=region,
        postcode=postcode,
        time_zone=time_zone_at(position, country),
    )
