"""What finding candidates reads among ever more clinics. `python -m tests.bench.around`

The index is there in full size, but only the clinics that are found have records: a hundred thousand more
would tell nothing, because a search reads the index and the rows it shows.
"""

import sys
from contextlib import redirect_stdout
from datetime import time
from io import StringIO
from typing import Final

from functions.house_visits.find_candidates import FindCandidates, find_candidates
from functions.house_visits.request_visit import RequestVisit, request_visit
from shared.contracts.clinic_entry import ClinicEntry
from shared.contracts.clinic_index import ClinicIndex
from shared.contracts.clinic_index_head import ClinicIndexHead, parts_of
from shared.contracts.clinic_snapshot import pack
from shared.contracts.directory import Clinic, Hours
from tests.bench.clinics import SPECIALIZATIONS, clinics
from tests.bench.figure import Figure, show
from tests.bench.measured_world import MeasuredWorld
from tests.bench.meter import Tally
from tests.people import AFTERNOON, HOME, WARSAW, doctor, patient
from tests.world import TENANT, World

SIZES: Final = (1_000, 10_000, 100_000)
READS_MAX: Final = 3
WANTED: Final = "internal_medicine"
SHOWN_MAX: Final = 20


def run() -> list[Figure]:
    with redirect_stdout(StringIO()):  # the log of every call
        return [figure(size) for size in SIZES]


def figure(size: int) -> Figure:
    world = MeasuredWorld()
    rows, tally = searched(world, size)
    beside = tally.reads - rows
    return Figure(
        f"reads of find_candidates among {size:,} clinics, rows shown apart",
        f"<= {READS_MAX}",
        f"{beside} ({rows} rows, {len(tally.rpcs)} calls)",
        beside <= READS_MAX,
    )


def searched(world: MeasuredWorld, size: int) -> tuple[int, Tally]:
    """Rows shown and their cost. An instance fetches the index with its first search; this is the next."""
    visit_id = settle_in(world, size)
    rows_found(world, visit_id)
    with world.meter.counting() as tally:
        rows = rows_found(world, visit_id)
    return rows, tally()


def settle_in(world: World, count: int) -> str:
    """That many clinics, one doctor in each that will be found, and the id of a visit."""
    entries = {one.clinic_id: one for one in map(_with_a_real_skill, clinics(count))}
    snapshot = pack(entries.values(), 1)
    parts = parts_of(snapshot, TENANT)
    for part in parts:  # together they would be too large for one commit
        world.given(part)
    head = ClinicIndexHead.first(TENANT)
    world.given(patient(), head.but(snapshot=1, build=1, parts=len(parts)))
    found = ClinicIndex(snapshot).near(WARSAW, WANTED, AFTERNOON.day.weekday(), limit=SHOWN_MAX)
    for number, one in enumerate(found):
        world.given(_clinic(entries[one.clinic_id]))
        facts = {"phone": f"+4851211{number:04}", "clinic_ids": (one.clinic_id,)}
        world.given(doctor(world, f"d-{number:04}", **facts))  # type: ignore[arg-type]  # facts of a doctor
    wish = RequestVisit(patient_id="p-1", address=HOME, window=AFTERNOON, specialization=WANTED)
    return world.call(request_visit, wish).visit_id


def rows_found(world: World, visit_id: str) -> int:
    """How many rows the operator is shown."""
    shown = world.call(find_candidates, FindCandidates(visit_id=visit_id, clinics_max=SHOWN_MAX))
    return len(shown.clinics) + len(shown.doctors)


def _with_a_real_skill(entry: ClinicEntry) -> ClinicEntry:
    if SPECIALIZATIONS[0] not in entry.specializations:
        return entry
    return entry.but(specializations=entry.specializations - {SPECIALIZATIONS[0]} | {WANTED})


def _clinic(entry: ClinicEntry) -> Clinic:
    return Clinic(
        id=entry.clinic_id,
        tenant_id=TENANT,
        name="Przychodnia",
        address="ul. Lipowa 1",
        city="Warszawa",
        position=entry.position,
        specializations=tuple(sorted(entry.specializations)),
        hours=tuple(Hours(weekday=day, opens=time(8), closes=time(20)) for day in entry.open_weekdays),
        plans=("basic",),
    )


if __name__ == "__main__":
    sys.exit(show(run()))
