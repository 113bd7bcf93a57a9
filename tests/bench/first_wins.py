"""Two ways to let the first yes win, raced against each other. `python -m tests.bench.first_wins`

Compare-and-set: the visit is replaced only in the version that was read. Create-once: whoever creates the
outcome of this epoch wins, and overwrites the visit. Both read the visit first, and both write the line
of the log and the letter in the same commit. docs/adr/0004-first-wins.md
"""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median
from threading import Barrier
from time import perf_counter
from typing import Any, Final
from uuid import uuid4

from shared.adapters.firestore import FirestoreDocuments
from shared.kernel.ports import MISSING, Collision, OutcomeUnknown, Write
from tests.bench.figure import Figure, p99, show
from tests.bench.meter import Meter, channel_through, emulator
from tests.bench.offered import ask
from tests.world import World

ROUNDS: Final = {2: 40, 10: 20, 50: 8, 200: 3}
QUICK: Final = {2: 10, 10: 5, 50: 1}
OFFERS: Final = 10
ATTEMPTS_MAX: Final = 10

Way = Callable[[FirestoreDocuments, str, str], bool]


def compare_and_set(documents: FirestoreDocuments, path: str, me: str) -> bool:
    """Who collides looks again, because the visit may have changed for another reason."""
    for _ in range(ATTEMPTS_MAX):
        visit = documents.read([path])[path]
        assert visit is not None
        if visit.fields.get("winner"):
            return False
        try:
            documents.commit([Write(path, {**visit.fields, "winner": me}, visit.stamp), *_rest(path, me)])
        except Collision:
            continue
        return True
    raise OutcomeUnknown


def create_once(documents: FirestoreDocuments, path: str, me: str) -> bool:
    visit = documents.read([path])[path]
    assert visit is not None
    if visit.fields.get("winner"):
        return False
    outcome = Write(f"{path}/outcomes/{visit.fields['epoch']}", {"winner": me}, MISSING)
    try:
        documents.commit([outcome, Write(path, {**visit.fields, "winner": me}), *_rest(path, me)])
    except Collision:
        return False
    return True


WAYS: Final[tuple[tuple[str, Way], ...]] = (
    ("compare-and-set", compare_and_set),
    ("create-once", create_once),
)


def _rest(path: str, me: str) -> list[Write]:
    line = {"number": 1, "did": "booked", "details": {"doctor_id": me}, "by_role": "system"}
    letter = {"id": f"won-{me}", "status": "sending", "body": "Visita: wizyta 7KJ jest Twoja.", "attempt": 1}
    return [
        Write(f"{path}/activity/000001", line, MISSING),
        Write(f"outbox/{path.replace('/', '-')}-{me}", letter, MISSING),
    ]


@dataclass(frozen=True)
class Raced:
    winners: list[int]
    errors: int
    calls: float
    ms: list[float]


def race(way: Way, contenders: int, rounds: int) -> Raced:
    meter = Meter()
    project = f"demo-{uuid4().hex[:12]}"
    documents = FirestoreDocuments(project, emulator(), channel_through(meter))
    fields = _visit_fields()
    winners, errors, times = [], 0, []
    with meter.counting() as tally:
        for number in range(rounds):
            path = f"visits/v-{number}"
            documents.commit([Write(path, fields, MISSING)])
            results = list(_at_once(way, documents, path, contenders))
            winners.append(sum(won is True for won, _ in results))
            errors += sum(won is None for won, _ in results)
            times += [ms for _, ms in results]
    calls = (len(tally().rpcs) - rounds) / (contenders * rounds)
    return Raced(winners, errors, calls, times)


def _at_once(
    way: Way, documents: FirestoreDocuments, path: str, contenders: int
) -> Iterator[tuple[bool | None, float]]:
    start = Barrier(contenders)

    def contend(number: int) -> tuple[bool | None, float]:
        start.wait()
        began = perf_counter()
        try:
            won: bool | None = way(documents, path, f"d-{number:03}")
        except OutcomeUnknown:
            won = None
        return won, (perf_counter() - began) * 1000

    with ThreadPoolExecutor(contenders) as pool:
        yield from pool.map(contend, range(contenders))


def _visit_fields() -> dict[str, Any]:
    """A visit as it is stored, with its offers."""
    world = World()
    ask(world, "v", OFFERS)
    found = world.wiring.documents.read(["visits/v"])["visits/v"]
    assert found is not None
    return dict(found.fields)


def run(rounds: dict[int, int] = ROUNDS) -> list[Figure]:
    return [
        figure(name, contenders, race(way, contenders, many))
        for contenders, many in rounds.items()
        for name, way in WAYS
    ]


def figure(name: str, contenders: int, raced: Raced) -> Figure:
    one_each = raced.winners.count(1) == len(raced.winners)
    return Figure(
        f"{name}, {contenders} at once: one winner, no error",
        "always",
        f"{raced.winners.count(1)} of {len(raced.winners)}, {raced.errors} errors;"
        f" {raced.calls:.2f} calls each; p50 {median(raced.ms):.0f} ms, p99 {p99(raced.ms):.0f} ms",
        one_each and raced.errors == 0,
    )


if __name__ == "__main__":
    sys.exit(show(run()))
