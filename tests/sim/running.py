"""Many tellings in two processes, with a bar on a terminal; the first that fails is shrunk and told."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from tests.proof.progress import with_bar
from tests.sim.abridged import abridged
from tests.sim.scenario import Scenario, scenarios
from tests.sim.shrink import smallest
from tests.sim.telling import Verdict, tell, weather

T = TypeVar("T")
J = TypeVar("J")


def in_parallel(work: Callable[[J], T], jobs: Sequence[J], what: str) -> Iterator[T]:
    """In the order in which they are done."""
    with multiprocessing.get_context("fork").Pool(os.cpu_count() or 2) as pool:
        done = pool.imap_unordered(work, jobs, chunksize=max(1, min(8, len(jobs) // 16)))
        yield from with_bar(done, what, len(jobs))


def scenario_named(name: str) -> Scenario:
    return next(one for one in scenarios() if one.name == name)


def tell_story(scenario: Scenario, seed: int, copies: int, drop: float) -> int:
    """0 when the history breaks no promise; it is told whole then, and else as short as it can be."""
    verdict = tell(scenario, seed, weather(seed, copies, drop), is_told=True, is_watched=True)
    broken = bool(verdict.breaches)
    print(tell_shortest(scenario, seed, copies, drop) if broken else "\n".join(verdict.lines))
    print(
        f"{scenario.name}, seed {seed}: {len(verdict.lines):,} lines, {verdict.calls:,} calls of ports, "
        f"{len(verdict.struck)} faults, {verdict.texts:,} texts, {len(verdict.breaches)} promises broken"
    )
    return 1 if broken else 0


def tell_shortest(scenario: Scenario, seed: int, copies: int, drop: float) -> str:
    """The story of a failing seed, with the fewest people and faults that make it fail."""

    def verdict(without: frozenset[str], is_told: bool = False) -> Verdict:
        return tell(scenario, seed, weather(seed, copies, drop, without), is_told=is_told, is_watched=True)

    def fails(without: frozenset[str]) -> bool:
        return bool(verdict(without).breaches)

    parts = verdict(frozenset()).parts
    nobody = frozenset(parts) - smallest(parts, fails)
    struck = verdict(nobody).struck
    needed = smallest(struck, lambda without: fails(nobody | without))
    told = verdict(nobody | (frozenset(struck) - needed), is_told=True)
    return "\n".join(
        [
            f"{scenario.name}, seed {seed}, {len(needed)} of {len(struck)} faults needed:",
            *abridged(told.lines, told.breaches),
            *(f"BROKEN  {one}" for one in told.breaches),
        ]
    )
