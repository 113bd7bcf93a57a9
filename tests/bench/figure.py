"""A measured figure beside the goal that was set for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Final

BLOCK: Final = 10


@dataclass(frozen=True)
class Figure:
    """`figure` is what came out, in words; `goal` is empty where it is shown for the record only."""

    name: str
    goal: str
    figure: str
    met: bool = True


def interleaved_ms(
    ways: Sequence[Callable[[int], object]], rounds: int, repeats: int = 1
) -> list[list[float]]:
    """Milliseconds of each way in each round, the ways taking turns in blocks of `BLOCK` rounds.

    What disturbs the machine disturbs all of them alike: compare the medians of one call, never of two.
    """
    times: list[list[float]] = [[] for _ in ways]
    for block in range(0, rounds * repeats, BLOCK):
        order = range(len(ways)) if block // BLOCK % 2 else reversed(range(len(ways)))
        for way in order:
            for number in range(block, min(block + BLOCK, rounds * repeats)):
                start = perf_counter()
                ways[way](number % rounds)
                times[way].append((perf_counter() - start) * 1000)
    return times


def p99(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.99)]


def spread(times: Sequence[float]) -> str:
    return f"p50 {median(times):.3f} ms, p99 {p99(times):.3f} ms"


def show(figures: Sequence[Figure]) -> int:
    """Print one line a figure; the exit code says whether all goals were met."""
    for one in figures:
        mark = ("ok " if one.met else "NOT") if one.goal else "   "
        print(f"{mark} {one.name}: {one.figure}" + (f"   (goal {one.goal})" if one.goal else ""))
    return 0 if all(one.met for one in figures) else 1
