"""What a page of a search reads, by how many referrals there are: as many as it shows, and a few.

`python -m tests.bench.searches [SIZES...]`, on the Firestore emulator (`./emulator.sh exec --`). The emulator
looks through a collection for every query, so times say nothing here; what is read is what Firestore bills.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from datetime import timedelta
from io import StringIO
from time import perf_counter
from typing import Any, Final

from functions.referrals.domain.names import name_keys
from functions.referrals.domain.referral import Referral
from functions.referrals.search_referrals import SearchReferrals, search_referrals
from shared.kernel.ports import OutcomeUnknown, Write
from tests.bench.figure import Figure, show
from tests.bench.measured_world import MeasuredWorld
from tests.functions.referrals.people import DRIVER, HUTA, MLYN, WELDER, as_employer, referral
from tests.outside import START
from tests.world import TENANT

SIZES: Final = (1_000, 10_000, 100_000)
PAGE: Final = 50
PAGES: Final = 3
SHARE_OF_ROWS: Final = 1.3
BESIDE: Final = 20
BATCH: Final = 100
TRIES: Final = 8
NAMES: Final = ("Nowak", "Kowalska", "Wiśniewski", "Wójcik", "Łoś", "Żak", "Lis", "Malinowska")
SEARCHES: Final[dict[str, dict[str, Any]]] = {
    "all": {},
    "department, type and status": {
        "department": "Dział 3", "examination_type": "periodic", "status": "issued",
    },
    "position, and issued between": {"position": DRIVER, "issued_until": START.date()},
    "name": {"name": "mali"},
    "one in a thousand": {"employee_id": "em-7", "has_certificate": False},
    "by department": {"order_by": "department,-issued_at"},
}  # fmt: skip


def rows(world: MeasuredWorld, first: int, until: int) -> Iterator[Referral]:
    """One in ten of another employer; names, departments and days spread evenly."""
    keys = {one: name_keys(world.wiring.seals, TENANT, one) for one in NAMES}
    base = referral()
    for number in range(first, until):
        name = NAMES[number % len(NAMES)]
        issued_at = START - timedelta(minutes=number)
        yield base.model_copy(
            update={
                "id": f"r-{number:06d}",
                "issued_at": issued_at,
                "issued_on": issued_at.date(),
                "employer_id": MLYN if number % 10 == 0 else HUTA,
                "employee_id": f"em-{number % 1000}",
                "department": f"Dział {number % 7}",
                "positions": (DRIVER,) if number % 3 else (WELDER,),
                "person": base.person.model_copy(update={"family_name": name}),
                "name_keys": keys[name],
            }
        )


def fill(world: MeasuredWorld, first: int, until: int) -> None:
    for begin in range(first, until, BATCH):
        some = rows(world, begin, min(until, begin + BATCH))
        _put(world, [Write(f"{one.kind}/{one.id}", world.wiring.codec.encode(one)) for one in some])


def _put(world: MeasuredWorld, writes: list[Write]) -> None:
    """Again where the emulator took too long: it is asked for more at once than it is made for."""
    for tries in range(TRIES):
        try:
            world.wiring.documents.commit(writes)
        except OutcomeUnknown:
            world.clock.pause(2.0**tries)
        else:
            return
    raise OutcomeUnknown


def searched(world: MeasuredWorld, filters: dict[str, Any]) -> tuple[int, int]:
    """Rows shown and documents read, three pages of them."""
    shown, token = 0, ""
    with world.meter.counting() as tally:
        for _ in range(PAGES):
            asked = SearchReferrals(page_size=PAGE, page_token=token, **filters)
            page = world.call(search_referrals, asked, as_=as_employer())
            shown, token = shown + len(page.referrals), page.next_page_token
            if not token:
                break
    return shown, tally().reads


def run(sizes: Sequence[int] = SIZES) -> list[Figure]:
    world, filled, figures = MeasuredWorld(), 0, []
    world.join(as_employer())
    for size in sizes:
        fill(world, filled, size)
        filled = size
        figures += [_figure(world, size, name, filters) for name, filters in SEARCHES.items()]
    return figures


def _figure(world: MeasuredWorld, size: int, name: str, filters: dict[str, Any]) -> Figure:
    began = perf_counter()
    with redirect_stdout(StringIO()):
        shown, read = searched(world, filters)
    seconds = perf_counter() - began
    most = SHARE_OF_ROWS * shown + BESIDE
    told = f"{read} read, {shown} shown ({seconds:.1f} s on the emulator)"
    return Figure(f"{size:,} referrals, {name}", f"<= {most:.0f}", told, shown > 0 and read <= most)


if __name__ == "__main__":
    sys.exit(show(run(tuple(map(int, sys.argv[1:])) or SIZES)))
