"""Every budget: goal and figure side by side. `./emulator.sh bench [--quick] [--postgis]`

Counts come first, because they are the same everywhere; then ratios within one run. Each phase is bounded
in what it asks and takes a minute at most. Exits 0 only when every goal is met.
"""

import sys
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Final

from tests.bench import around, budgets, cold_start, first_wins, geo, handler_cpu, partners, postgis, race
from tests.bench.figure import Figure
from tests.bench.postgres import NotInstalled

QUICK_STARTS: Final = 3
QUICK_RACES: Final = 4
NAME_WIDTH, GOAL_WIDTH = 66, 11

Phase = tuple[str, Callable[[], list[Figure]]]

WHOLE: Final[tuple[Phase, ...]] = (
    ("Round trips", budgets.run),
    ("Reads of a search, by number of clinics", around.run),
    ("Race for one visit", race.run),
    ("Two ways to let the first win", first_wins.run),
    ("Radius search in memory", geo.run),
    ("CPU of a handler", handler_cpu.run),
    ("Institutes for a partner", partners.run),
    ("Cold start", cold_start.run),
)
QUICK: Final[tuple[Phase, ...]] = (
    ("Round trips", budgets.run),
    ("Race for one visit", lambda: race.run(QUICK_RACES)),
    ("Two ways to let the first win", lambda: first_wins.run(first_wins.QUICK)),
    ("CPU of a handler", lambda: handler_cpu.run(handler_cpu.QUICK_PAIRS)),
    ("Cold start", lambda: cold_start.run(QUICK_STARTS)),
)
BESIDE_POSTGIS: Final[Phase] = ("Beside PostGIS", postgis.run)


def main(words: Sequence[str]) -> int:
    phases = list(QUICK if "--quick" in words else WHOLE)
    if "--postgis" in words:
        phases.append(BESIDE_POSTGIS)
    goals = [one for phase in phases for one in _measured(phase) if one.goal]
    met = sum(one.met for one in goals)
    print(f"\n{met} of {len(goals)} budgets met")
    return 0 if met == len(goals) else 1


def _measured(phase: Phase) -> list[Figure]:
    title, run = phase
    print(f"\n{title}", flush=True)
    began = perf_counter()
    try:
        figures = run()
    except NotInstalled as missing:
        print(f"  not measured: {missing}")
        return []
    for one in figures:
        mark = ("ok " if one.met else "NOT") if one.goal else "   "
        print(f"  {mark}  {one.name:<{NAME_WIDTH}}  {one.goal:<{GOAL_WIDTH}}  {one.figure}")
    print(f"       ({perf_counter() - began:.0f} s)", flush=True)
    return figures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
