"""Many tellings in two processes, with a bar on a terminal; the first that fails is shrunk and told."""

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from rich.progress import Progress

from tests.sim.scenario import Scenario, scenarios
from tests.sim.shrink import smallest
from tests.sim.telling import Verdict, tell, weather

T = TypeVar("T")
J = TypeVar("J")
STORY_LINES_MAX = 400


def in_parallel(work: Callable[[J], T], jobs: Sequence[J], what: str) -> Iterator[T]:
    """In the order in which they are done."""
    with Progress(disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(what, total=len(jobs))
        with multiprocessing.get_context("fork").Pool(os.cpu_count() or 2) as pool:
            for one in pool.imap_unordered(work, jobs, chunksize=max(1, min(8, len(jobs) // 16))):
                bar.advance(task)
                yield one


def scenario_named(name: str) -> Scenario:
    return next(one for one in scenarios() if one.name == name)


def tell_shortest(scenario: Scenario, seed: int, copies: int, drop: float) -> str:
    """The story of a failing seed, with the fewest faults that make it fail."""

    def verdict(without: frozenset[str], is_told: bool = False) -> Verdict:
        return tell(scenario, seed, weather(seed, copies, drop, without), is_told=is_told)

    struck = verdict(frozenset()).struck
    needed = smallest(struck, lambda without: bool(verdict(without).breaches))
    told = verdict(frozenset(struck) - needed, is_told=True)
    lines = told.lines[-STORY_LINES_MAX:]
    return "\n".join(
        [f"{scenario.name}, seed {seed}, {len(needed)} of {len(struck)} faults needed:", *lines, *_said(told)]
    )


def _said(told: Verdict) -> Iterable[str]:
    return (f"BROKEN  {one}" for one in told.breaches)
