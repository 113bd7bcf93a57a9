"""What a load has shown: each figure beside its goal, times as ratios to a bare function."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from infra.capacity.facts import given, measured
from tests.bench.figure import Figure, p99

RATIO_MAX: Final = 25
"""p50 of a request to p50 of a function that does nothing. A request waits for Firestore twice or thrice."""
TAIL_RATIO_MAX: Final = 40
"""The same of p99: a pause of the machine falls on requests more often, because they are longer."""


@dataclass
class Told:
    """Milliseconds of each request and of the bare function after it; how many answered 500 and above."""

    requests: list[float]
    bare: list[float]
    errors: int
    counts: dict[str, int]
    visits: int
    computing: list[float]  # seconds of CPU: client, server and function are one process
    bare_computing: list[float]

    def add(self, seconds: float, bare_seconds: float, status: int) -> None:
        self.requests.append(1000 * seconds)
        self.bare.append(1000 * bare_seconds)
        self.errors += status >= 500


def figures_of(parts: Sequence[Told], visits: int, seconds: float) -> list[Figure]:
    asked = [one for part in parts for one in part.requests]
    nothing = [one for part in parts for one in part.bare]
    errors, done = sum(part.errors for part in parts), sum(part.visits for part in parts)
    ratio, tail = median(asked) / median(nothing), p99(asked) / p99(nothing)
    model = measured()["visit"].values()
    figures = [
        Figure("visits booked and done", f"= {visits}", str(done), done == visits),
        Figure("answers of 500 and above", "= 0", str(errors), errors == 0),
        Figure("throughput", "", f"{done / seconds:.2f} visits/s, {len(asked) / seconds:.0f} requests/s"),
        Figure("a request", "", f"p50 {median(asked):.1f} ms, p99 {p99(asked):.1f} ms"),
        Figure("a bare function", "", f"p50 {median(nothing):.2f} ms, p99 {p99(nothing):.2f} ms"),
        Figure("p50, request / bare function", f"<= {RATIO_MAX}", f"{ratio:.1f}", ratio <= RATIO_MAX),
        Figure("p99, request / bare function", f"<= {TAIL_RATIO_MAX}", f"{tail:.1f}", tail <= TAIL_RATIO_MAX),
        _computing(parts),
        _as_modelled("requests", len(asked), visits * sum(one["calls"] for one in model)),
    ]
    for field in parts[0].counts:
        counted = sum(part.counts[field] for part in parts)
        figures.append(_as_modelled(field, counted, visits * sum(one[field] for one in model)))
    return figures


def _computing(parts: Sequence[Told]) -> Figure:
    """The mean, because instances are counted by it; the capacity model multiplies by the same ratio."""
    ours = sum(one for part in parts for one in part.computing)
    ratio, most = ours / sum(one for part in parts for one in part.bare_computing), given()["cpu_of_bare"]
    return Figure("CPU, request / bare function", f"<= {most}", f"{ratio:.1f}", ratio <= most)


def _as_modelled(name: str, counted: int, modelled: int) -> Figure:
    return Figure(
        f"{name}, as the capacity model says", f"= {modelled:,}", f"{counted:,}", counted == modelled
    )
