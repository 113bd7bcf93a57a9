"""The radius search: is it right, what does it cost, and how does that grow? `python -m tests.bench.geo`

Times depend on the machine, so the goals are set on ratios of medians within one interleaved run. The
yardstick is the plainest thing one could do: walk over a thousand clinics and take the haversine of each.
"""

import sys
import tracemalloc
from collections.abc import Callable
from math import asin, cos, radians, sin, sqrt
from statistics import median
from typing import Final

from shared.contracts.clinic_entry import ClinicEntry
from shared.contracts.clinic_index import ClinicIndex
from shared.contracts.clinic_index_head import PART_BYTES_MAX, ClinicIndexHead, parts_of, unpack
from shared.contracts.clinic_snapshot import ClinicSnapshot, pack
from shared.kernel.places import SEARCH_RADIUS_KM
from tests.bench.brute_force import BruteForce
from tests.bench.clinics import Question, clinics, questions
from tests.bench.figure import Figure, interleaved_ms, show, spread

SIZES: Final = (1_000, 10_000, 100_000)
QUESTIONS: Final = 300
REPEATS: Final = 4
LIMIT: Final = 20
ALL: Final = 1_000_000
CHANGES: Final = 499
BYTES_A_CLINIC_MAX: Final = 60
LOADED_MB_MAX: Final = 8.0
PARTS_AT_100K_MAX: Final = 8
YARDSTICKS_MAX: Final = 0.8
GROWTH_MAX: Final = 15.0
CHANGES_RATIO_MAX: Final = 1.5


def run() -> list[Figure]:
    entries = {size: clinics(size) for size in SIZES}
    snapshots = {size: pack(entries[size], 1) for size in SIZES}
    asked = questions(QUESTIONS)
    return [
        *(wrong_sets(entries[size], snapshots[size], asked) for size in SIZES),
        *times(entries, snapshots, asked),
        *weights(snapshots[SIZES[-1]]),
    ]


def wrong_sets(entries: list[ClinicEntry], snapshot: ClinicSnapshot, asked: list[Question]) -> Figure:
    truth, index = BruteForce(entries), ClinicIndex(snapshot)
    wrong = pairs = 0
    for question in asked:
        expected = [clinic_id for _, clinic_id in truth.near(*question, SEARCH_RADIUS_KM)]
        everyone = [one.clinic_id for one in index.near(*question, limit=ALL)]
        nearest = [one.clinic_id for one in index.near(*question, limit=LIMIT)]
        wrong += everyone != expected or nearest != expected[:LIMIT]
        pairs += len(expected)
    name = f"wrong sets among {len(asked)} questions to {len(entries):,} clinics"
    return Figure(name, "0", f"{wrong} ({pairs:,} clinics found)", wrong == 0)


def times(
    entries: dict[int, list[ClinicEntry]], snapshots: dict[int, ClinicSnapshot], asked: list[Question]
) -> list[Figure]:
    small, largest = SIZES[0], SIZES[-1]
    changes = (
        ClinicIndexHead.first("vm").changed(entries[largest][: CHANGES - 1], ["clinic-0099999"]).changes()
    )
    ways = [
        *(_near(ClinicIndex(snapshots[size]), asked) for size in SIZES),
        _near(ClinicIndex(snapshots[largest], *changes), asked),
        _haversines(entries[small], asked),
    ]
    *sizes, changed, yardstick = interleaved_ms(ways, len(asked), REPEATS)
    shown = [Figure(f"search among {size:,}", "", spread(ms)) for size, ms in zip(SIZES, sizes, strict=True)]
    at_most = [
        ("100,000 clinics / haversine of 1,000", sizes[-1], yardstick, YARDSTICKS_MAX),
        ("100,000 clinics / 1,000 clinics", sizes[-1], sizes[0], GROWTH_MAX),
        (f"with {CHANGES} changes / without", changed, sizes[-1], CHANGES_RATIO_MAX),
    ]
    return shown + [ratio(*one) for one in at_most]


def ratio(name: str, ours: list[float], theirs: list[float], goal: float) -> Figure:
    found = median(ours) / median(theirs)
    return Figure(f"p50 ratio, {name}", f"<= {goal}", f"{found:.2f}", found <= goal)


def weights(snapshot: ClinicSnapshot) -> list[Figure]:
    parts = parts_of(snapshot, "vm")
    size, count = sum(len(part.data) for part in parts), len(snapshot)
    loading = interleaved_ms([lambda _: unpack(parts)], 20)[0]
    tracemalloc.start()
    held = unpack(parts)
    megabytes = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    return [
        Figure(
            "bytes a clinic, id and all", f"<= {BYTES_A_CLINIC_MAX}", f"{size / count:.1f}",
            size <= count * BYTES_A_CLINIC_MAX,
        ),
        Figure(
            f"documents of {PART_BYTES_MAX:,} bytes for {len(held):,} clinics", f"<= {PARTS_AT_100K_MAX}",
            str(len(parts)), len(parts) <= PARTS_AT_100K_MAX,
        ),
        Figure("memory held", f"<= {LOADED_MB_MAX} MB", f"{megabytes:.1f} MB", megabytes <= LOADED_MB_MAX),
        Figure("loading from bytes", "", spread(loading)),
    ]  # fmt: skip


def _near(index: ClinicIndex, asked: list[Question]) -> Callable[[int], object]:
    return lambda number: index.near(*asked[number], limit=LIMIT)


def _haversines(entries: list[ClinicEntry], asked: list[Question]) -> Callable[[int], object]:
    places = [(radians(one.position.lat), radians(one.position.lon)) for one in entries]

    def scan(number: int) -> object:
        here = asked[number].position
        lat, lon = radians(here.lat), radians(here.lon)
        return [
            2 * 6371.0088 * asin(sqrt(sin((a - lat) / 2) ** 2 + cos(a) * cos(lat) * sin((b - lon) / 2) ** 2))
            for a, b in places
        ]

    return scan


if __name__ == "__main__":
    sys.exit(show(run()))
