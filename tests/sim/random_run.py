"""`run N`: random histories until N searches for a doctor have been told, and a share of what other modules
do; every promise is asked at the end of each."""

from collections import Counter
from dataclasses import dataclass
from math import ceil
from time import perf_counter

from tests.sim.running import in_parallel, scenario_named, tell_shortest
from tests.sim.scenario import histories
from tests.sim.telling import tell, weather


@dataclass(frozen=True)
class Job:
    scenario: str
    seed: int
    copies: int
    drop: float


@dataclass(frozen=True)
class Told:
    job: Job
    subjects: int
    calls: int
    texts: int
    faults: int
    breaches: tuple[str, ...]


def _tell(job: Job) -> Told:
    scenario = scenario_named(job.scenario)
    verdict = tell(scenario, job.seed, weather(job.seed, job.copies, job.drop))
    return Told(job, scenario.subjects, verdict.calls, verdict.texts, len(verdict.struck), verdict.breaches)


def run(number: int, seed: int, copies: int, drop: float, *, is_brief: bool = False) -> int:
    """0 when no promise was broken. The first broken one is told as a short story, unless `is_brief`."""
    began = perf_counter()
    jobs = []
    for scenario in histories():
        days = ceil(number * scenario.share / scenario.subjects)
        jobs += [Job(scenario.name, seed + day, copies, drop) for day in range(days)]
    told = list(in_parallel(_tell, jobs, "histories"))
    failed = sorted((one for one in told if one.breaches), key=lambda one: one.job.seed)
    for one in failed[:20]:
        print(f"{one.job.scenario}, seed {one.job.seed}: {'; '.join(one.breaches)}")
    if failed and not is_brief:
        print(tell_shortest(scenario_named(failed[0].job.scenario), failed[0].job.seed, copies, drop))
    subjects: Counter[str] = Counter()
    for one in told:
        subjects[one.job.scenario] += one.subjects
    print(
        f"{', '.join(f'{count:,} in {name}' for name, count in subjects.most_common())}: "
        f"{len(told):,} histories, "
        f"{sum(one.calls for one in told):,} calls of ports, {sum(one.faults for one in told):,} faults, "
        f"{sum(one.texts for one in told):,} texts, {sum(bool(one.breaches) for one in told)} histories "
        f"with violations, {perf_counter() - began:.0f} s"
    )
    return 1 if failed else 0
