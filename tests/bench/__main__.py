"""Every budget: goal and figure side by side. `./emulator.sh bench [--quick] [--postgis]`

Exits 0 only when every goal is met.
"""

import sys
from collections.abc import Callable
from typing import Final

from tests.bench import budgets, cold_start, first_wins, geo, postgis, race
from tests.bench.figure import Figure

QUICK_STARTS: Final = 3
QUICK_RACES: Final = 4


def phases(quick: bool, with_postgis: bool) -> list[tuple[str, Callable[[], list[Figure]]]]:
    counts: list[tuple[str, Callable[[], list[Figure]]]] = [("Round trips and reads", budgets.run)]
    if quick:
        counts.append(("Race for one visit", lambda: race.run(QUICK_RACES)))
        counts.append(("Cold start", lambda: cold_start.run(QUICK_STARTS)))
        return counts
    counts += [
        ("Race for one visit", race.run),
        ("First wins", first_wins.run),
        ("Radius search", geo.run),
        ("Cold start", cold_start.run),
    ]
    return [*counts, ("Beside PostGIS", postgis.run)] if with_postgis else counts


def main(words: list[str]) -> int:
    figures: list[Figure] = []
    for title, run in phases("--quick" in words, "--postgis" in words):
        print(f"\n{title}", flush=True)
        for one in run():
            mark = ("ok " if one.met else "NOT") if one.goal else "   "
            print(f"  {mark}  {one.name:<58.58}  {one.goal:>10}  {one.figure}", flush=True)
            figures.append(one)
    goals = [one for one in figures if one.goal]
    met = sum(one.met for one in goals)
    print(f"\n{met} of {len(goals)} budgets met")
    return 0 if met == len(goals) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
