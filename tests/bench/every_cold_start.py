"""Every entry point from nothing to its first useful answer, beside hello world.

    ./emulator.sh bench every-cold-start [--only NAME ...] [--starts N]

Useful is what every-module-count counts: a request with a token that is checked to the end, then every socket
that its own code comes to or sends letters by, used once, before the answer leaves (useful_answer). Starts
take turns with hello world, so that what disturbs the machine disturbs both. Counts of modules come with it.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any, Final

from infra.local.local_seal import local_seal
from infra.rendering.secrets_of import words_in
from shared.runtime import catalog
from shared.runtime.action import Declaration
from shared.runtime.incoming import Incoming
from tests.bench.cold_functions import NOWHERE, ROOT, ColdFunction, Surroundings, surroundings
from tests.bench.cold_start import RATIO_MAX, first_answer, first_answer_ms
from tests.bench.every_module_count import LIBRARIES, asked, code_of, most, sockets_of
from tests.bench.figure import Figure, show

STARTS: Final = 3
STARTS_IN_DOUBT: Final = 10
"""So many more at the end, where the first few say that the goal is missed: all count. What disturbs a
machine for half a minute disturbs a few starts in a row."""
SOURCE: Final = ROOT / "tests" / "bench" / "useful_answer.py"
WITH_A_LIBRARY_RATIO_MAX: Final = 6.0
"""Who signs papers, handles workbooks or looks into files; nobody waits for them (ADR 0005)."""
STARTS_ANOTHER: Final = "inspector"
"""Files of strangers are looked into by a process of their own."""


def useful(entry_point: str, around: Surroundings) -> tuple[ColdFunction, Surroundings]:
    """The function, and what it is told besides."""
    told: Any = asked(catalog.find(entry_point), around)
    body = b"" if told["method"] == "GET" else json.dumps({}).encode()
    function = ColdFunction(
        entry_point, SOURCE, lambda: Incoming(told["method"], told["path"], "", told["headers"], body)
    )
    more = {
        "CUSTOMER_API_URL": NOWHERE,
        "VISITA_USEFUL": ",".join(told["sockets"]),
        "VISITA_MODELS": ",".join(sorted(_models_of(catalog.find(entry_point)))),
        **local_seal(around.key.private),
    }
    return function, replace(around, env={**around.env, **more})


def _models_of(action: Declaration) -> set[str]:
    """What is asked and answered, what every call stores beside it, and whatever the action comes to name."""
    every = {"Letter", "Marker", action.request.__name__, action.response.__name__}
    return every | words_in(code_of(action))


@dataclass
class Timed:
    """One entry point: how many modules it holds, and pairs of milliseconds, hello world's and its own."""

    action: Declaration
    function: ColdFunction
    told: Surroundings
    modules: int = 0
    pairs: list[tuple[float, float]] = field(default_factory=list)

    def count(self) -> None:
        self.modules = int(first_answer(self.function, self.told)[1])

    def start(self) -> None:
        hello = first_answer_ms(self.told.hello, self.told)
        self.pairs.append((hello, first_answer_ms(self.function, self.told)))

    @property
    def ratio(self) -> float:
        return median(ours for _, ours in self.pairs) / median(hello for hello, _ in self.pairs)

    @property
    def ratio_max(self) -> float:
        slow = {*LIBRARIES, STARTS_ANOTHER}.intersection(sockets_of(self.action))
        return WITH_A_LIBRARY_RATIO_MAX if slow else RATIO_MAX

    @property
    def figures(self) -> tuple[Figure, Figure]:
        name, ms = self.action.entry_point, median(ours for _, ours in self.pairs)
        told, is_met = f"{self.ratio:.2f} ({ms:.0f} ms)", self.ratio <= self.ratio_max
        count_max = most(self.action)
        return (
            Figure(f"{name} / hello world", f"<= {self.ratio_max}", told, is_met),
            Figure(f"modules of {name}", f"<= {count_max}", str(self.modules), self.modules <= count_max),
        )


def run(entry_points: Sequence[str] = (), starts: int = STARTS) -> list[Figure]:
    with surroundings() as around:
        first_answer_ms(around.hello, around)  # the first start of all fills the disk's cache
        timed = [
            Timed(catalog.find(name), *useful(name, around))
            for name in entry_points or catalog.entry_points()
        ]
        for one in timed:
            one.count()
            for _ in range(starts):
                one.start()
        doubtful = [one for one in timed if one.ratio > one.ratio_max]
        for _ in range(STARTS_IN_DOUBT):
            for one in doubtful:
                one.start()
    return [figure for one in timed for figure in one.figures]


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="./emulator.sh bench every-cold-start")
    parser.add_argument("--only", action="append", default=[], metavar="NAME")
    parser.add_argument("--starts", type=int, default=STARTS, metavar="N")
    told = parser.parse_args(words)
    figures = run(told.only, told.starts)
    code = show(figures)
    times, counts = figures[::2], figures[1::2]
    slowest = max(times, key=lambda one: float(one.figure.split()[0]))
    missed = sum(not one.met for one in figures)
    print(
        f"{len(times)} entry points, {missed} goals missed; the slowest: {slowest.name} {slowest.figure}; "
        f"at most {max(int(one.figure) for one in counts)} modules"
    )
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
