"""Where an address is, and never a guess in silence."""

import gzip
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.adapters.gazetteer import (
    DATA,
    TOWNS,
    fold,
    polish_postcode,
    polish_postcodes_at,
    towns,
    towns_called,
)
from shared.adapters.geocoding import OfflineGeocoder, time_zone_at, town_centre
from shared.contracts.geocoding import (
    CANDIDATES_MAX,
    AddressQuery,
    GeocodeQuality,
    GeocodeReason,
    GeocodeResult,
)
from shared.kernel.places import Position, distance_km

GAZETTEER_BYTES_MAX = 3_500_000


def locate(**said: str) -> GeocodeResult:
    return OfflineGeocoder().locate(AddressQuery(**said))


@pytest.mark.parametrize("typed", ["00-950", "00950", "PL-00-950", " 00 950 "])
def test_a_postcode_is_found_however_it_is_typed(typed: str) -> None:
    result = locate(postcode=typed)

    assert result.found is not None
    assert (result.found.name, result.found.postcode) == ("Warszawa", "00-950")
    assert result.quality is GeocodeQuality.POSTCODE


@pytest.mark.parametrize(
    ("typed", "country", "name"),
    [
        ("oborniki slaskie", "PL", "Oborniki Śląskie"),
        ("ŁÓDŹ", "PL", "Łódź"),
        ("Jastrzębie-Zdrój", "PL", "Jastrzębie Zdrój"),
        ("Warsaw", "PL", "Warszawa"),
        ("Munich", "DE", "München"),
        ("Muenchen", "de", "München"),
        ("Praga", "CZ", "Praha"),
        ("Київ", "UA", "Kyiv"),
        ("Wilno", "LT", "Vilnius"),
    ],
)
def test_a_town_is_found_without_its_marks_its_case_or_its_own_language(
    typed: str, country: str, name: str
) -> None:
    result = locate(city=typed, country=country)

    assert result.found is not None
    assert result.found.name == name
    assert result.quality is GeocodeQuality.CITY


def test_of_many_villages_of_one_name_none_is_chosen_and_each_can_be_told_from_the_others() -> None:
    result = locate(city="Dobra", street="Polna 1")

    assert result.found is None
    assert result.quality is GeocodeQuality.NONE
    assert result.reason is GeocodeReason.SEVERAL
    told = [(place.region, place.near, place.postcode) for place in result.candidates]
    assert len(told) > 4
    assert len(set(told)) == len(told)
    assert all(region for region, _, _ in told)


def test_a_postcode_chooses_among_villages_of_one_name() -> None:
    result = locate(city="Dobra", postcode="72-210")

    assert result.found is not None
    assert result.found.region == "zachodniopomorskie"
    assert result.is_sure


def test_a_village_is_finer_than_the_post_town_that_lends_it_its_postcode() -> None:
    result = locate(city="Pęgów", postcode="55-120")

    assert result.found is not None
    assert (result.found.name, result.found.postcode) == ("Pęgów", "55-120")
    assert result.quality is GeocodeQuality.CITY


def test_a_city_is_meant_by_its_name_but_the_hamlets_are_shown() -> None:
    result = locate(city="Opole")

    assert result.found is not None
    assert result.found.region == "opolskie"
    assert not result.is_sure
    assert len(result.candidates) > 1


def test_a_postcode_and_a_town_that_are_far_apart_are_both_shown_and_neither_is_taken() -> None:
    result = locate(postcode="00-950", city="Kraków")

    assert result.found is None
    assert result.reason is GeocodeReason.DISAGREE
    assert {place.name for place in result.candidates} == {"Warszawa", "Kraków"}


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"street": "Polna 1"}, GeocodeReason.INCOMPLETE),
        ({}, GeocodeReason.INCOMPLETE),
        ({"city": "Nigdziebądź"}, GeocodeReason.NOT_FOUND),
        ({"postcode": "99-999"}, GeocodeReason.NOT_FOUND),
        ({"city": "Springfield", "country": "US"}, GeocodeReason.NOT_FOUND),
    ],
)
def test_what_cannot_be_placed_says_why(said: dict[str, str], reason: GeocodeReason) -> None:
    result = locate(**said)

    assert (result.found, result.quality, result.reason) == (None, GeocodeQuality.NONE, reason)


@pytest.mark.parametrize(
    "said",
    [{"city": "Łódź", "postcode": "99-999"}, {"city": "Nigdziebądź", "postcode": "31-042"}],
    ids=["no such postcode", "no such town"],
)
def test_half_an_answer_is_marked_as_half(said: dict[str, str]) -> None:
    result = locate(**said)

    assert result.found is not None
    assert result.reason is GeocodeReason.PARTIAL


def test_a_place_brings_its_time_zone() -> None:
    grand_canary, madrid = town_centre("Las Palmas", "ES"), town_centre("Madrid", "ES")

    assert grand_canary is not None
    assert madrid is not None
    assert (grand_canary.time_zone, madrid.time_zone) == ("Atlantic/Canary", "Europe/Madrid")
    assert time_zone_at(Position(lat=52.2, lon=21.0), "PL") == "Europe/Warsaw"


def test_every_polish_postcode_lies_in_poland_and_is_found() -> None:
    lines = gzip.decompress((DATA / "postcodes_pl.tsv.gz").read_bytes()).decode().splitlines()
    codes = [line.partition("\t")[0] for line in lines]

    found = [polish_postcode(code) for code in codes]

    assert len(codes) > 20_000
    assert [row.code for row in found if row] == codes
    assert all(row and 49.0 < row.lat < 54.9 and 14.1 < row.lon < 24.2 for row in found)


@pytest.mark.parametrize(
    ("code", "town"),
    [
        ("31-042", "Kraków"),
        ("90-001", "Łódź"),
        ("34-500", "Zakopane"),
        ("84-150", "Hel"),
        ("61-001", "Poznań"),
    ],
)
def test_a_postcode_lies_in_its_town(code: str, town: str) -> None:
    by_code, by_name = locate(postcode=code).found, town_centre(town, "PL")

    assert by_code is not None
    assert by_name is not None
    assert distance_km(by_code.position, by_name.position) < 15


@given(st.text(max_size=40), st.text(max_size=12), st.sampled_from(["PL", "MT", "XX"]))
def test_no_text_breaks_it(city: str, postcode: str, country: str) -> None:
    result = OfflineGeocoder().locate(AddressQuery(city=city, postcode=postcode, country=country))

    assert len(result.candidates) <= CANDIDATES_MAX
    assert (result.found is None) == (result.quality is GeocodeQuality.NONE)


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


def test_the_gazetteer_stays_small_and_names_its_sources() -> None:
    files = sorted(DATA.glob("*.gz"))
    attribution = (DATA / "ATTRIBUTION.md").read_text()

    assert sum(file.stat().st_size for file in files) <= GAZETTEER_BYTES_MAX
    assert all(file.name in attribution for file in files)
    assert "Attribution 4.0" in attribution
    assert "Open Database License 1.0" in attribution


@pytest.mark.parametrize("country", ["MT", "PL"])
def test_every_town_is_found_by_each_of_its_names(country: str) -> None:
    lines = gzip.decompress((TOWNS / f"{country}.tsv.gz").read_bytes()).decode().splitlines()

    for line, town in zip(lines, towns(country), strict=True):
        names = line.rpartition("\t")[2].strip("|").split("|")
        assert names[0] == fold(town.name)
        assert all(town in towns_called(name, country) for name in names[:3])


@pytest.mark.parametrize("piece", ["", "w", "warsz", "arszawa", "warszawa\t", "52.2298", "europe/warsaw"])
def test_a_piece_of_a_line_is_no_name(piece: str) -> None:
    assert towns_called(piece, "PL") == []
    assert polish_postcodes_at(piece) == []
    assert polish_postcode(piece) is None


def test_a_function_that_needs_no_online_geocoder_does_not_pay_for_one() -> None:
    root = Path(__file__).parents[3]
    script = (
        "import sys, shared.adapters.geocoding_online as online;"
        "online.choose_geocoder('offline'); print('geopy' in sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )

    assert told.stdout.strip() == "False"
