"""Google and Nominatim over a real socket: their good answers, their doubts and their outages."""

from collections.abc import Callable
from typing import Any

import pytest

from shared.adapters.geocoding_online import GoogleGeocoder, NominatimGeocoder, choose_geocoder
from shared.contracts.geocoding import AddressQuery, GeocodeQuality, GeocodeReason
from shared.contracts.ports import Geocoder
from tests.shared.adapters.canned import answer, closed_port, server, silent_server

TIMEOUT_SECONDS = 0.3
HOME = AddressQuery(street="Polna 1", postcode="31-042", city="Kraków")

Make = Callable[[str], Geocoder]


def google(domain: str) -> Geocoder:
    return GoogleGeocoder("an-invented-key", domain=domain, scheme="http", timeout=TIMEOUT_SECONDS)


def nominatim(domain: str) -> Geocoder:
    return NominatimGeocoder(domain, scheme="http", timeout=TIMEOUT_SECONDS)


def google_row(location_type: str, *types: str, lat: float = 50.06, partial: bool = False) -> dict[str, Any]:
    return {
        "formatted_address": "Polna 1, 31-042 Kraków, Polska",
        "types": types,
        "partial_match": partial,
        "address_components": [
            {"long_name": "31-042", "short_name": "31-042", "types": ["postal_code"]},
            {
                "long_name": "małopolskie",
                "short_name": "",
                "types": ["administrative_area_level_1", "political"],
            },
        ],
        "geometry": {"location": {"lat": lat, "lng": 19.94}, "location_type": location_type},
    }


def google_says(*rows: dict[str, Any]) -> bytes:
    return answer(200, {"status": "OK" if rows else "ZERO_RESULTS", "results": rows})


def nominatim_row(rank: int, kind: str, *, lat: str = "50.06") -> dict[str, Any]:
    return {
        "place_rank": rank,
        "type": kind,
        "lat": lat,
        "lon": "19.94",
        "display_name": "1, Polna, Kraków, województwo małopolskie, 31-042, Polska",
        "address": {"state": "województwo małopolskie", "postcode": "31-042"},
    }


@pytest.mark.parametrize(
    ("row", "quality", "reason"),
    [
        (google_row("ROOFTOP", "street_address"), GeocodeQuality.ROOFTOP, GeocodeReason.SURE),
        (google_row("RANGE_INTERPOLATED", "street_address"), GeocodeQuality.STREET, GeocodeReason.SURE),
        (google_row("GEOMETRIC_CENTER", "route"), GeocodeQuality.STREET, GeocodeReason.SURE),
        (
            google_row("ROOFTOP", "street_address", partial=True),
            GeocodeQuality.ROOFTOP,
            GeocodeReason.PARTIAL,
        ),
        (google_row("APPROXIMATE", "postal_code"), GeocodeQuality.POSTCODE, GeocodeReason.PARTIAL),
        (google_row("APPROXIMATE", "locality", "political"), GeocodeQuality.CITY, GeocodeReason.PARTIAL),
    ],
)
def test_google_is_believed_as_far_as_it_believes_itself(
    row: dict[str, Any], quality: GeocodeQuality, reason: GeocodeReason
) -> None:
    with server(google_says(row)) as there:
        result = google(there.domain).locate(HOME)

    assert (result.quality, result.reason) == (quality, reason)
    assert result.found is not None
    assert (result.found.postcode, result.found.time_zone) == ("31-042", "Europe/Warsaw")
    assert "components=country%3APL" in there.heard[0]


@pytest.mark.parametrize(
    ("row", "quality", "reason"),
    [
        (nominatim_row(30, "house"), GeocodeQuality.ROOFTOP, GeocodeReason.SURE),
        (nominatim_row(26, "residential"), GeocodeQuality.STREET, GeocodeReason.SURE),
        (nominatim_row(21, "postcode"), GeocodeQuality.POSTCODE, GeocodeReason.PARTIAL),
        (nominatim_row(16, "city"), GeocodeQuality.CITY, GeocodeReason.PARTIAL),
    ],
)
def test_nominatim_is_believed_by_the_rank_of_what_it_found(
    row: dict[str, Any], quality: GeocodeQuality, reason: GeocodeReason
) -> None:
    with server(answer(200, [row])) as there:
        result = nominatim(there.domain).locate(HOME)

    assert (result.quality, result.reason) == (quality, reason)
    assert result.found is not None
    assert result.found.region == "województwo małopolskie"
    assert "User-Agent: visita" in there.heard[0]


def test_the_pieces_of_one_street_are_one_street() -> None:
    with server(
        answer(200, [nominatim_row(26, "residential"), nominatim_row(26, "residential", lat="50.063")])
    ) as there:
        result = nominatim(there.domain).locate(HOME)

    assert result.found is not None
    assert result.is_sure


def test_two_equally_good_answers_are_shown_and_none_is_taken() -> None:
    rows = google_row("ROOFTOP", "street_address"), google_row("ROOFTOP", "street_address", lat=50.4)
    with server(google_says(*rows)) as there:
        result = google(there.domain).locate(HOME)

    assert (result.found, result.reason) == (None, GeocodeReason.SEVERAL)
    assert len(result.candidates) == 2


@pytest.mark.parametrize(("make", "nothing"), [(google, google_says()), (nominatim, answer(200, []))])
def test_an_address_that_nobody_knows_is_not_found_which_is_no_outage(make: Make, nothing: bytes) -> None:
    with server(nothing) as there:
        assert make(there.domain).locate(HOME).reason is GeocodeReason.NOT_FOUND


BROKEN = {
    "server error": answer(500, {}),
    "over quota": answer(429, {}),
    "google's quota": answer(200, {"status": "OVER_QUERY_LIMIT", "results": []}),
    "key refused": answer(200, {"status": "REQUEST_DENIED", "results": []}),
    "not json": answer(200, b"<html>maintenance</html>", content_type="text/html"),
    "another shape": answer(200, {"status": "OK", "results": [{"geometry": None}]}),
    "off the globe": google_says(google_row("ROOFTOP", "street_address", lat=123.0)),
    "hangs up": b"",
}


@pytest.mark.filterwarnings("ignore:Latitude normalization")  # geopy's word on the one off the globe
@pytest.mark.parametrize("make", [google, nominatim])
@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_an_outage_leaves_the_pin_to_a_person_and_opens_the_map_nearby(make: Make, broken: bytes) -> None:
    with server(broken) as there:
        result = make(there.domain).locate(HOME)

    assert (result.found, result.quality, result.reason) == (None, GeocodeQuality.NONE, GeocodeReason.OUTAGE)
    assert [place.name for place in result.candidates] == ["Kraków"]
    assert len(there.heard) == 1


@pytest.mark.parametrize("make", [google, nominatim])
def test_a_geocoder_that_never_answers_is_an_outage_too(make: Make) -> None:
    with silent_server() as there:
        assert make(there.domain).locate(HOME).reason is GeocodeReason.OUTAGE

    assert make(f"127.0.0.1:{closed_port()}").locate(HOME).reason is GeocodeReason.OUTAGE


def test_a_street_alone_is_not_even_asked() -> None:
    with server(google_says()) as there:
        result = google(there.domain).locate(AddressQuery(street="Polna 1"))

    assert result.reason is GeocodeReason.INCOMPLETE
    assert there.heard == []


def test_the_setting_chooses_the_geocoder() -> None:
    chosen = [
        choose_geocoder("offline"),
        choose_geocoder("google", google_key="k"),
        choose_geocoder("nominatim"),
    ]

    assert [type(one).__name__ for one in chosen] == [
        "OfflineGeocoder",
        "GoogleGeocoder",
        "NominatimGeocoder",
    ]
