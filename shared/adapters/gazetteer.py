"""Towns of Europe, a file for each country, and postcodes of Poland, in `data/`.

What is asked for is looked up in the text of a file, which is kept: a first visit must not wait for a table
of all that is in it. Standard library only, so that the tool that builds the files folds names as we do.
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
TOWNS = DATA / "towns"
POSTCODES_PL = DATA / "postcodes_pl.tsv.gz"
NAMES_SEPARATOR = "|"
"""Stands before, between and after the folded names of a town, so that each can be found with its ends."""

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


class Postcode(NamedTuple):
    code: str
    locality: str
    lat: float
    lon: float
    region: str


def fold(name: str) -> str:
    """The name without case, marks and punctuation: `Oborniki Śląskie` -> `oborniki slaskie`."""
    caseless = unicodedata.normalize("NFKD", name).casefold().translate(_LETTERS)
    letters = (
        letter for letter in unicodedata.normalize("NFKD", caseless) if not unicodedata.combining(letter)
    )
    return _BETWEEN_WORDS.sub(" ", _APOSTROPHES.sub("", "".join(letters))).strip()


@cache
def towns(country_code: str) -> tuple[Town, ...]:
    """The towns of a country by its ISO 3166 code; none of a country that has no file."""
    return tuple(_town(line) for line in _towns_text(country_code).splitlines())


def towns_called(folded: str, country_code: str) -> list[Town]:
    """Those of that name, main or other, as it is folded."""
    sought = f"{NAMES_SEPARATOR}{folded}{NAMES_SEPARATOR}"
    return [_town(line) for line in _lines_with(sought, _towns_text(country_code))] if folded else []


def polish_postcode(code: str) -> Postcode | None:
    """With its post town and the middle of its area. `code`: 00-950"""
    return next((_postcode(line) for line in _lines_with(f"\n{code}\t", _postcodes_text())), None)


def polish_postcodes_at(folded: str) -> list[Postcode]:
    """Those of the post town of that name, as it is folded."""
    return [_postcode(line) for line in _lines_with(f"\t{folded}\n", _postcodes_text())] if folded else []


@cache
def polish_post_towns() -> frozenset[str]:
    """Their folded names."""
    return frozenset(line.rpartition("\t")[2] for line in _postcodes_text().strip().splitlines())


def _lines_with(sought: str, text: str) -> Iterator[str]:
    """`sought` may begin with the end of the line before, and end with that of its own."""
    at = text.find(sought)
    while at >= 0:
        inside = at + 1
        end = text.index("\n", inside)
        yield text[text.rfind("\n", 0, inside) + 1 : end]
        at = text.find(sought, end)


@cache
def _towns_text(country_code: str) -> str:
    file = {one.name.partition(".")[0]: one for one in TOWNS.iterdir()}.get(country_code)
    return _text(file) if file else ""


@cache
def _postcodes_text() -> str:
    return "\n" + _text(POSTCODES_PL)


def _text(file: Path) -> str:
    return gzip.decompress(file.read_bytes()).decode()


def _town(line: str) -> Town:
    name, lat, lon, population, region, time_zone, _ = line.split("\t")
    return Town(name, float(lat), float(lon), int(population), intern(region), intern(time_zone))


def _postcode(line: str) -> Postcode:
    code, locality, lat, lon, region, _ = line.split("\t")
    return Postcode(code, intern(locality), float(lat), float(lon), intern(region))
