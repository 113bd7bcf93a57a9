"""The same questions to PostGIS, turn by turn with our index. `python -m tests.bench.postgis`

PostGIS gets what it needs to be quick: one GiST index over place and skills, prepared statements, the table
in memory. Its answers must be ours, else the times compare nothing.
"""

import sys
from collections.abc import Callable
from statistics import median
from typing import Final

from shared.contracts.clinic_entry import ClinicEntry
from shared.contracts.clinic_index import ClinicIndex
from shared.contracts.clinic_snapshot import pack
from shared.kernel.places import SEARCH_RADIUS_KM
from tests.bench.clinics import SPECIALIZATIONS, Question, clinics, questions
from tests.bench.figure import Figure, interleaved_ms, p99, show, spread
from tests.bench.libpq import Connection
from tests.bench.postgres import NotInstalled, private_server

CLINICS: Final = 100_000
QUESTIONS: Final = 300
REPEATS: Final = 3
LIMIT: Final = 20
RATIO_MAX: Final = 0.35

TABLE: Final = """
create extension postgis;
create extension intarray;
create table clinics (id text, place geography(point), skills int[], days int, drives_m float8);
"""
INDEX: Final = """
create index on clinics using gist (place, skills gist__int_ops);
vacuum analyze clinics;
"""
POINT: Final = "ST_MakePoint($1::float8, $2::float8)::geography"
INSIDE: Final = f"""
from clinics
where skills @> array[$3::int] and days & (1 << $4::int) <> 0
  and ST_DWithin(place, {POINT}, {SEARCH_RADIUS_KM * 1000})
"""
EXACT: Final = f"""
select id from (select id, drives_m, ST_Distance(place, {POINT}) as d {INSIDE} offset 0) as inside
where drives_m is null or d <= drives_m
order by d, id limit {LIMIT}
"""
# Nearest first straight from the index: quicker for many matches, but its order is that of a sphere.
BY_INDEX: Final = f"""
select id {INSIDE} and (drives_m is null or ST_Distance(place, {POINT}) <= drives_m)
order by place <-> {POINT} limit {LIMIT}
"""


def run() -> list[Figure]:
    """Raises NotInstalled."""
    entries, asked = clinics(CLINICS), questions(QUESTIONS)
    index = ClinicIndex(pack(entries, 1))
    with private_server() as database:
        fill(database, entries)
        ours, exact, by_index = (
            _ours(index, asked),
            _ask(database, "exact", asked),
            _ask(database, "by_index", asked),
        )
        different = sum(ours(number) != exact(number) for number in range(len(asked)))
        ways = [ours, exact, by_index, lambda _: database.ask("nothing", [])]
        ours_ms, exact_ms, by_index_ms, nothing_ms = interleaved_ms(ways, len(asked), REPEATS)
    found = median(ours_ms) / median(exact_ms)
    return [
        Figure(f"answers that differ from PostGIS, of {len(asked)}", "0", str(different), different == 0),
        Figure(f"ours, {len(entries):,} clinics", "", spread(ours_ms)),
        Figure("PostGIS, exact order", "", spread(exact_ms)),
        Figure("PostGIS, order of the index", "", spread(by_index_ms)),
        Figure("PostgreSQL, select 1", "", spread(nothing_ms)),
        Figure("p50, ours / PostGIS", f"<= {RATIO_MAX}", f"{found:.2f}", found <= RATIO_MAX),
        Figure("p50, ours / PostGIS by index", "", f"{median(ours_ms) / median(by_index_ms):.2f}"),
        Figure("p99, ours / PostGIS", "", f"{p99(ours_ms) / p99(exact_ms):.2f}"),
    ]


def fill(database: Connection, entries: list[ClinicEntry]) -> None:
    database.run(TABLE)
    database.copy("copy clinics from stdin", map(_line, entries))
    for statement in INDEX.strip().split("\n"):
        database.run(statement)
    database.prepare("exact", EXACT)
    database.prepare("by_index", BY_INDEX)
    database.prepare("nothing", "select '1'")


def _line(entry: ClinicEntry) -> str:
    skills = ",".join(str(SPECIALIZATIONS.index(code)) for code in sorted(entry.specializations))
    days = sum(1 << day for day in entry.open_weekdays)
    drives = r"\N" if entry.visit_radius_km is None else str(entry.visit_radius_km * 1000)
    place = f"SRID=4326;POINT({entry.position.lon!r} {entry.position.lat!r})"
    return f"{entry.clinic_id}\t{place}\t{{{skills}}}\t{days}\t{drives}\n"


def _ours(index: ClinicIndex, asked: list[Question]) -> Callable[[int], list[str]]:
    return lambda number: [one.clinic_id for one in index.near(*asked[number], limit=LIMIT)]


def _ask(database: Connection, name: str, asked: list[Question]) -> Callable[[int], list[str]]:
    values = [
        (one.position.lon, one.position.lat, SPECIALIZATIONS.index(one.specialization), one.weekday)
        for one in asked
    ]
    return lambda number: database.ask(name, values[number])


if __name__ == "__main__":
    try:
        sys.exit(show(run()))
    except NotInstalled as missing:
        print(missing)
