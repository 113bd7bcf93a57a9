"""Towns of Europe and postcodes of Poland, read from the two files in `data/`.

One country is read at a time and kept: a function that only ever sees Polish addresses never pays
for France. Standard library only, so that the tool that builds the files folds names as we do.
"""

import gzip
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from sys import intern
from typing import NamedTuple

DATA = Path(__file__).parent / "data"
CITIES = DATA / "cities_eu.tsv.gz"
POSTCODES_PL = DATA / "postcodes_pl.tsv.gz"
ALTERNATES_SEPARATOR = "|"

# Letters that are not a plain letter with a mark, so that Unicode does not take them apart.
_LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "ħ": "h"}
)
_APOSTROPHES = re.compile(r"['’ʼ`´]")
_BETWEEN_WORDS = re.compile(r"[\W_]+")


class Town(NamedTuple):
    name: str
    lat: float
    lon: float
    population: int
    region: str  # "" where we know none
    time_zone: str
    alternates: tuple[str, ...]  # other names, folded


class Postcode(NamedTuple):
    code: str
    locality: str
    lat: float
    lon: float
    region: str


class Postcodes(NamedTuple):
    by_code: dict[str, Postcode]
    by_locality: dict[str, tuple[Postcode, ...]]  # by folded name


def fold(name: str) -> str:
    """The name without case, marks and punctuation: `Oborniki Śląskie` -> `oborniki slaskie`."""
    caseless = unicodedata.normalize("NFKD", name).casefold().translate(_LETTERS)
    letters = (
        letter for letter in unicodedata.normalize("NFKD", caseless) if not unicodedata.combining(letter)
    )
    return _BETWEEN_WORDS.sub(" ", _APOSTROPHES.sub("", "".join(letters))).strip()


@cache
def towns(country_code: str) -> tuple[Town, ...]:
    """The towns of a country by its ISO 3166 code; none for a country that is not in the file."""
    return tuple(_town(fields) for fields in _rows(CITIES, country_code))


@cache
def towns_by_name(country_code: str) -> dict[str, tuple[Town, ...]]:
    """The same by folded name, main or alternate."""
    by_name: dict[str, tuple[Town, ...]] = {}
    for town in towns(country_code):
        for name in {fold(town.name), *town.alternates}:
            by_name[name] = (*by_name.get(name, ()), town)
    return by_name


@cache
def polish_postcodes() -> Postcodes:
    """Every Polish postcode with its post town and the middle of its area."""
    rows = tuple(_postcode(fields) for fields in _rows(POSTCODES_PL, ""))
    by_locality: dict[str, tuple[Postcode, ...]] = {}
    grouped: dict[str, list[Postcode]] = {}
    for row in rows:
        grouped.setdefault(row.locality, []).append(row)
    for locality, group in grouped.items():
        name = fold(locality)
        by_locality[name] = (*by_locality.get(name, ()), *group)
    return Postcodes({row.code: row for row in rows}, by_locality)


def _rows(file: Path, country_code: str) -> Iterator[list[str]]:
    """The fields of each line; with a country code, of the lines that begin with it (they lie together)."""
    text = gzip.decompress(file.read_bytes())
    if country_code:
        start = b"\n%b\t" % country_code.encode()
        first, last = (b"\n" + text).find(start), text.rfind(start) + 1
        text = text[first : text.find(b"\n", last)] if first >= 0 else b""
    return (line.split("\t") for line in text.decode().splitlines())


def _town(fields: list[str]) -> Town:
    _, name, lat, lon, population, region, time_zone, alternates = fields
    names = tuple(alternates.split(ALTERNATES_SEPARATOR)) if alternates else ()
    return Town(name, float(lat), float(lon), int(population), intern(region), intern(time_zone), names)


def _postcode(fields: list[str]) -> Postcode:
    code, locality, lat, lon, region = fields
    return Postcode(code, intern(locality), float(lat), float(lon), intern(region))
