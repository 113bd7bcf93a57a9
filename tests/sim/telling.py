"""One telling of a scenario: the faults, then calm, then the verdict."""

import gc
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb
from typing import IO, cast

from tests import leaks
from tests.sim import judge
from tests.sim.counting import Ends
from tests.sim.dice import Dice
from tests.sim.faults import Faults, Weather
from tests.sim.machine import Machine
from tests.sim.scenario import Scenario


@dataclass(frozen=True)
class Verdict:
    """`struck` names the faults that came to pass, `parts` what the story may be told without; `calls` counts
    the calls of ports; `ends`: what it was about, by how that ended."""

    breaches: tuple[str, ...]
    calls: int
    texts: int
    struck: tuple[str, ...]
    parts: tuple[str, ...]
    lines: tuple[str, ...]
    ends: Ends


def tell(
    scenario: Scenario, seed: int, faults: Faults, *, is_told: bool = False, is_watched: bool = False
) -> Verdict:
    gc.disable()  # a story is short, and full of values that die by themselves
    machine = Machine(seed, faults, is_told=is_told, is_watched=is_watched)
    with redirect_stdout(cast(IO[str], machine.sink)):
        try:
            found = _breaches(scenario, machine, faults)
        except Exception as error:
            found = [_stopped(error)]
        ends = scenario.ends(machine)
        machine.timeline.end()
    if is_watched:
        found += [f"personal data in {one}" for one in leaks.taken()]
    gc.enable()
    struck, parts = (faults.struck, faults.parts) if isinstance(faults, Weather) else ((), ())
    calls, texts = sum(machine.calls.values()), len(machine.provider.sent)
    return Verdict(tuple(found), calls, texts, tuple(struck), tuple(parts), tuple(machine.story.lines), ends)


def _breaches(scenario: Scenario, machine: Machine, faults: Faults) -> list[str]:
    seen = scenario.play(machine)
    machine.post.start_schedules(scenario.modules)
    if (after := faults.deploy(scenario.minutes)) is not None:
        machine.timeline.start(machine.redeploy, after)
    machine.run(scenario.minutes)
    machine.calm_down()
    machine.run(scenario.calm_minutes)
    return [*scenario.breaches(seen), *judge.breaches(machine)]


def _stopped(error: Exception) -> str:
    """Somebody in the story met what they could make nothing of, or its judge did."""
    place = extract_tb(error.__traceback__)[-1]
    return f"the story stopped: {type(error).__name__} {error} in {Path(place.filename).name}:{place.lineno}"


def weather(seed: int, copies: int, drop: float, without: frozenset[str] = frozenset()) -> Weather:
    return Weather(Dice(f"weather/{seed}"), copies, drop, without)
