"""One telling of a scenario: the faults, then calm, then the verdict."""

import gc
from contextlib import redirect_stdout
from dataclasses import dataclass
from typing import IO, cast

from tests.sim import judge
from tests.sim.counting import Ends
from tests.sim.dice import Dice
from tests.sim.faults import Faults, Weather
from tests.sim.machine import Machine
from tests.sim.scenario import Scenario


@dataclass(frozen=True)
class Verdict:
    """`struck` names the faults that came to pass; `calls` counts the calls of ports; `ends`: what it was
    about, by how that ended."""

    breaches: tuple[str, ...]
    calls: int
    texts: int
    struck: tuple[str, ...]
    lines: tuple[str, ...]
    ends: Ends


def tell(scenario: Scenario, seed: int, faults: Faults, *, is_told: bool = False) -> Verdict:
    gc.disable()  # a story is short, and full of values that die by themselves
    machine = Machine(seed, faults, is_told=is_told)
    with redirect_stdout(cast(IO[str], machine.sink)):
        seen = scenario.play(machine)
        machine.post.start_schedules(scenario.modules)
        machine.run(scenario.minutes)
        machine.calm_down()
        machine.run(scenario.calm_minutes)
        found = (*scenario.breaches(seen), *judge.breaches(machine))
    gc.enable()
    struck = tuple(faults.struck) if isinstance(faults, Weather) else ()
    calls = sum(machine.calls.values())
    texts, lines = len(machine.provider.sent), tuple(machine.story.lines)
    return Verdict(tuple(found), calls, texts, struck, lines, scenario.ends(machine))


def weather(seed: int, copies: int, drop: float, without: frozenset[str] = frozenset()) -> Weather:
    return Weather(Dice(f"weather/{seed}"), copies, drop, without)
