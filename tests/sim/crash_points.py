"""`crash`: every reference story is told again for each of its calls, which goes wrong in each way once."""

from collections import Counter
from dataclasses import dataclass
from time import perf_counter
from typing import Final

from tests.sim.faults import Fault, OnePoint
from tests.sim.running import in_parallel, scenario_named
from tests.sim.scenario import stories
from tests.sim.telling import tell

SEED: Final = 1
WATCHED_EACH: Final = 10
FAULTS: Final = (Fault.CRASH_BEFORE, Fault.CRASH_AFTER, Fault.LOST)


@dataclass(frozen=True)
class Point:
    scenario: str
    number: int
    fault: Fault
    is_watched: bool


@dataclass(frozen=True)
class Story:
    """`calls` it has while something may go wrong; `breaches` of its own, without a fault."""

    name: str
    calls: int
    breaches: tuple[str, ...]


def counted(name: str) -> Story:
    counting = OnePoint(0, Fault.LOST)
    verdict = tell(scenario_named(name), SEED, counting, is_watched=True)
    return Story(name, counting.calls, verdict.breaches)


def _strike(point: Point) -> tuple[Point, str, tuple[str, ...]]:
    one = OnePoint(point.number, point.fault)
    verdict = tell(scenario_named(point.scenario), SEED, one, is_watched=point.is_watched)
    return point, one.struck, verdict.breaches


def run(wanted: str, every: int = 1) -> int:
    """0 when every promise held after each of them."""
    began = perf_counter()
    names = [one.name for one in stories() if wanted == "all" or wanted in one.name]
    told = sorted(in_parallel(counted, names, "calls of the stories"), key=lambda one: one.name)
    broken = [one for one in told if one.breaches]
    for one in broken:
        print(f"{one.name} fails by itself: {'; '.join(one.breaches)}")
    points = [
        Point(one.name, number, fault, is_watched=number % WATCHED_EACH == 1)
        for one in told
        for number in range(1, one.calls + 1, every)
        for fault in FAULTS
    ]
    struck = list(in_parallel(_strike, points, "crash points"))
    failed = [each for each in struck if each[2]]
    for point, place, breaches in sorted(failed, key=lambda one: (one[0].scenario, one[0].number))[:30]:
        print(f"{point.scenario}, call {point.number} ({place}) {point.fault}: {'; '.join(breaches)}")
    missed = sum(not place for _, place, _ in struck)
    kinds = ", ".join(f"{n:,} {fault}" for fault, n in Counter(one[0].fault for one in struck).items())
    print(
        f"{len(names)} stories ({len(broken)} fail by themselves), {len(struck):,} tellings ({kinds}), "
        f"{missed} without their fault, {len(failed)} with violations, {perf_counter() - began:.0f} s"
    )
    return 1 if broken or failed or missed or not struck else 0
