"""A scenario: who is there, what they do, and what must hold at the end. Found by its file in scenarios/."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.sim.counting import Ends, nothing
from tests.sim.machine import Machine
from tests.sim.post import MODULES

HERE = Path(__file__).parent / "scenarios"


@dataclass(frozen=True)
class Scenario:
    """`play` seeds the store, starts the strands of people, and returns what `breaches` looks at later.

    `minutes` of the story pass while things go wrong, then `calm_minutes` in which nothing does and
    everything must come to rest. `modules`: whose schedules run. `subjects` is how many searches, cases or
    referrals one telling holds at most, `share` how many of them are told for each search of a doctor that
    is. `ends` counts those that there really were, by how they ended; a run in which one of `wanted` is
    nobody's end has shown nothing.
    """

    name: str
    play: Callable[[Machine], Any]
    breaches: Callable[[Any], list[str]]
    minutes: float = 45
    calm_minutes: float = 40
    subjects: int = 1
    share: float = 0.03
    ends: Callable[[Machine], Ends] = nothing
    wanted: tuple[str, ...] = ()
    is_random: bool = False
    modules: tuple[str, ...] = MODULES


@cache
def scenarios() -> tuple[Scenario, ...]:
    """Of every file in scenarios/, which names its own SCENARIOS."""
    names = sorted(path.stem for path in HERE.glob("*.py") if not path.name.startswith("_"))
    return tuple(one for name in names for one in import_module(f"tests.sim.scenarios.{name}").SCENARIOS)


def stories() -> tuple[Scenario, ...]:
    """Those that are the same in every telling: the reference for crash points."""
    return tuple(one for one in scenarios() if not one.is_random)


def histories() -> tuple[Scenario, ...]:
    return tuple(one for one in scenarios() if one.is_random)
