"""`run N`: random histories until N searches for a doctor have been told, and a share of what other modules
do; every promise is asked at the end of each."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from time import perf_counter
from typing import Final

from tests.sim.counting import Ends
from tests.sim.running import in_parallel, scenario_named, tell_shortest
from tests.sim.scenario import Scenario, histories
from tests.sim.telling import tell, weather

ROUNDS_MAX: Final = 6
"""A day holds fewer searches than calls: what is missing is told on further days."""
WATCHED_EACH: Final = 50
"""One history in so many is looked at for personal data: it takes as long again."""
LONG: Final = 10_000
LONG_SECONDS_MAX: Final = 180
CORES: Final = 2


@dataclass(frozen=True)
class Job:
    scenario: str
    seed: int
    copies: int
    drop: float
    is_watched: bool


@dataclass(frozen=True)
class Told:
    job: Job
    ends: Ends
    calls: int
    texts: int
    faults: int
    breaches: tuple[str, ...]


def _tell(job: Job) -> Told:
    faults = weather(job.seed, job.copies, job.drop)
    verdict = tell(scenario_named(job.scenario), job.seed, faults, is_watched=job.is_watched)
    return Told(job, verdict.ends, verdict.calls, verdict.texts, len(verdict.struck), verdict.breaches)


def run(number: int, seed: int, copies: int, drop: float, *, is_brief: bool = False) -> int:
    """0 when there were so many searches, no promise was broken, and it did not take too long. The first
    history with a broken one is told as a short story; `is_brief` ends with it and tells none."""
    began, worked = perf_counter(), _seconds_worked()
    told = _tell_all(number, seed, copies, drop, is_brief=is_brief)
    failed = sorted((one for one in told if one.breaches), key=lambda one: one.job.seed)
    for one in failed[:20]:
        print(f"{one.job.scenario}, seed {one.job.seed}: {'; '.join(one.breaches)}")
    seconds = (_seconds_worked() - worked) / CORES
    short = [*missing(told, number), *_too_slow(number, seconds)]
    for line in short:
        print(line)
    if failed and not is_brief:
        print(tell_shortest(scenario_named(failed[0].job.scenario), failed[0].job.seed, copies, drop))
    print(
        f"{_what_was_told(told)}: {len(told):,} histories, "
        f"{sum(one.calls for one in told):,} calls of ports, {sum(one.faults for one in told):,} faults, "
        f"{sum(one.texts for one in told):,} texts, {len(failed)} histories with violations, "
        f"{perf_counter() - began:.0f} s, {seconds:.0f} s of work for each of {CORES} cores"
    )
    return 1 if failed or short else 0


def _tell_all(number: int, seed: int, copies: int, drop: float, *, is_brief: bool) -> list[Told]:
    """Day after day until there were enough of everything, or by `is_brief` until a promise is broken."""
    told: list[Told] = []
    days: Counter[str] = Counter()
    for _ in range(ROUNDS_MAX):
        jobs: list[Job] = []
        for one in histories():
            more = ceil((_goal(one, number) - _ends(told, one).total()) / one.subjects)
            for day in range(days[one.name], days[one.name] + more):
                jobs.append(Job(one.name, seed + day, copies, drop, is_watched=day % WATCHED_EACH == 0))
            days[one.name] += max(0, more)
        if not jobs:
            break
        for history in in_parallel(_tell, jobs, "histories"):
            told.append(history)
            if is_brief and history.breaches:
                return told
    return told


def _goal(scenario: Scenario, number: int) -> int:
    return ceil(number * scenario.share)


def _ends(told: Sequence[Told], scenario: Scenario) -> Ends:
    ends: Ends = Counter()
    for one in told:
        if one.job.scenario == scenario.name:
            ends += one.ends
    return ends


def missing(told: Sequence[Told], number: int) -> Iterator[str]:
    if not told:
        yield "no history was told"
    for one in histories():
        ends, goal = _ends(told, one), _goal(one, number)
        if ends.total() < goal:
            yield f"{one.name}: {ends.total():,} of {goal:,}"
        yield from (f"{one.name}: not one ended {end}" for end in one.wanted if told and not ends[end])


def _too_slow(number: int, seconds: float) -> Iterator[str]:
    if number >= LONG and seconds > LONG_SECONDS_MAX:
        yield f"{seconds:.0f} s of work for each of {CORES} cores, and {LONG_SECONDS_MAX} are allowed"


def _what_was_told(told: Sequence[Told]) -> str:
    return ", ".join(f"{_with_ends(one.name, _ends(told, one))}" for one in histories())


def _with_ends(name: str, ends: Ends) -> str:
    listed = ", ".join(f"{count:,} {end}" for end, count in ends.most_common())
    return f"{ends.total():,} in {name} ({listed})"


def _seconds_worked() -> float:
    """Of this process and of those that it started, on whichever core; what others do here is not in it."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
