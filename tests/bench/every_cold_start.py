"""Every entry point from nothing to its first answer. `./emulator.sh bench every-cold-start [NAME ...]`

Each is asked something that it must understand to answer: who calls without a token is refused after the
whole of the function has been loaded. Starts take turns with hello world, so that what disturbs the machine
disturbs both. The first useful answer of a webhook and of a task, with the store, is in cold_start.
"""

import sys
from collections.abc import Sequence
from statistics import median
from typing import Final

from shared.runtime import catalog
from shared.runtime.incoming import Incoming
from tests.bench.cold_functions import ROOT, ColdFunction, Surroundings, surroundings
from tests.bench.cold_start import RATIO_MAX, first_answer_ms
from tests.bench.figure import Figure, show

STARTS: Final = 3


def asked(entry_point: str) -> ColdFunction:
    """Without a token; whoever needs none is asked for nothing in particular."""
    action = catalog.find(entry_point)
    path = action.path.replace("{", "").replace("}", "")
    body = b"" if action.trigger.method == "GET" else b"{}"
    headers = {"Content-Type": "application/json"}
    return ColdFunction(
        entry_point, ROOT / "main.py", lambda: Incoming(action.trigger.method, path, "", headers, body)
    )


def run(entry_points: Sequence[str] = (), starts: int = STARTS) -> list[Figure]:
    with surroundings() as around:
        first_answer_ms(around.hello, around)  # the first start of all fills the disk's cache
        return [_figure(name, around, starts) for name in entry_points or catalog.entry_points()]


def _figure(entry_point: str, around: Surroundings, starts: int) -> Figure:
    function = asked(entry_point)
    first_answer_ms(function, around, ANY)
    pairs = [
        (first_answer_ms(around.hello, around), first_answer_ms(function, around, ANY)) for _ in range(starts)
    ]
    hello, ours = (median(times) for times in zip(*pairs, strict=True))
    ratio = ours / hello
    name = f"cold start, {entry_point} / hello world"
    return Figure(name, f"<= {RATIO_MAX}", f"{ratio:.2f} ({ours:.0f} ms)", ratio <= RATIO_MAX)


ANY: Final = range(200, 500)
"""A refusal is an answer."""


def main(words: Sequence[str]) -> int:
    figures = run(words)
    code = show(figures)
    worst = max(figures, key=lambda one: float(one.figure.split()[0]))
    missed = sum(not one.met for one in figures)
    print(
        f"{len(figures)} entry points, {missed} above {RATIO_MAX} x; the slowest: {worst.name} {worst.figure}"
    )
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
