"""Visits as they come, through the gateway and a real Firestore emulator: `./emulator.sh load --visits 500`.

Every request of every visit goes over HTTP to the functions: what apps call, what Twilio tells, tasks and
messages. Between them a bare function is asked, so that each time is also a ratio that travels: this machine
is not production, and what disturbs it disturbs both. Counts are held against the capacity model.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, Final

import functions_framework
import urllib3

from infra.capacity.facts import measured
from infra.local.gateway import Gateway
from infra.local.web_server import WebServer
from shared.runtime import wiring
from shared.runtime.action import Declaration
from shared.runtime.incoming import Incoming
from shared.runtime.problem import Answer
from tests.bench import stories
from tests.bench.cold_functions import HELLO, HELLO_SOURCE
from tests.bench.figure import Figure, p99, show
from tests.bench.measured_world import MeasuredWorld
from tests.bench.story_counts import Counts, plug

framework: Any = functions_framework  # it is typed here and there only

VISITS: Final = 500
VISITS_MAX: Final = 5_000
PROCESSES: Final = 2
SECONDS_MAX: Final = 60
RATIO_MAX: Final = 25
"""p50 of a request to p50 of a function that does nothing. A request waits for Firestore twice or thrice."""


class LoadedWorld(MeasuredWorld):
    """Functions behind a gateway; each request is timed, and a bare function right after it."""

    def __init__(self, url: str, bare_url: str, told: "Told") -> None:
        super().__init__()
        self._url, self._bare_url, self._told = url, bare_url, told
        self._http = urllib3.PoolManager(retries=False, timeout=SECONDS_MAX)

    def door(self, action: Declaration, incoming: Incoming) -> Answer:
        url = f"{self._url}{incoming.path}" + (f"?{incoming.query}" if incoming.query else "")
        headers = dict(incoming.headers)  # type: ignore[call-overload]  # a dict, as all of them here are
        began = perf_counter()
        answer = self._http.request(incoming.method, url, body=incoming.body or None, headers=headers)
        asked = perf_counter()
        self._http.request("GET", self._bare_url + "/")
        self._told.add(asked - began, perf_counter() - asked, answer.status)
        return Answer(answer.status, answer.data, {})


@dataclass
class Told:
    """Milliseconds of each request and of the bare function after it; how many answered 500 and above."""

    requests: list[float]
    bare: list[float]
    errors: int
    counts: dict[str, int]
    visits: int

    def add(self, seconds: float, bare_seconds: float, status: int) -> None:
        self.requests.append(1000 * seconds)
        self.bare.append(1000 * bare_seconds)
        self.errors += status >= 500


def some_visits(number: int) -> Told:
    """In a process of its own. Each visit has a database of its own, which costs nothing."""
    told = Told([], [], 0, {}, 0)
    counts: dict[str, Counts] = {}
    gateway = Gateway()
    with redirect_stdout(StringIO()) as said, TemporaryDirectory(prefix="visita-load-") as folder:
        source = Path(folder) / "main.py"
        source.write_text(HELLO_SOURCE)
        nothing = WebServer(framework.create_app(HELLO, str(source)).wsgi_app)
        gateway.start()
        nothing.start()
        try:
            for _ in range(number):
                _one_visit(gateway.url, nothing.url, told, counts)
                said.seek(0)
                said.truncate()
        finally:
            gateway.stop()
            nothing.stop()
            wiring.use(None)
    told.counts = _whole(counts)
    return told


def _one_visit(url: str, bare_url: str, told: Told, counts: dict[str, Counts]) -> None:
    world = LoadedWorld(url, bare_url, told)
    found: dict[str, Counts] = _Each()
    plug(world, found)
    wiring.use(world.wiring)
    stories.visit(world)
    told.visits += 1
    for name, one in found.items():
        if name:  # what was arranged beforehand is not asked by any function
            counts[f"{len(counts)}"] = one


class _Each(dict[str, Counts]):
    def __missing__(self, name: str) -> Counts:
        self[name] = Counts()
        return self[name]


def _whole(counts: Mapping[str, Counts]) -> dict[str, int]:
    fields = ("reads", "writes", "deletes", "tasks", "messages", "segments")
    return {field: sum(getattr(one, field) for one in counts.values()) for field in fields}


def run(visits: int) -> list[Figure]:
    each = [len(list(islice(range(number, visits, PROCESSES), visits))) for number in range(PROCESSES)]
    began = perf_counter()
    with ProcessPoolExecutor(PROCESSES) as pool:
        parts = list(pool.map(some_visits, [one for one in each if one]))
    seconds = perf_counter() - began
    return _figures(parts, visits, seconds)


def _figures(parts: Sequence[Told], visits: int, seconds: float) -> list[Figure]:
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
        Figure("p99, request / bare function", "", f"{tail:.1f}"),
        _as_modelled("requests", len(asked), visits * sum(one["calls"] for one in model)),
    ]
    for field in parts[0].counts:
        counted = sum(part.counts[field] for part in parts)
        figures.append(_as_modelled(field, counted, visits * sum(one[field] for one in model)))
    return figures


def _as_modelled(name: str, counted: int, modelled: int) -> Figure:
    return Figure(
        f"{name}, as the capacity model says", f"= {modelled:,}", f"{counted:,}", counted == modelled
    )


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="./emulator.sh load")
    parser.add_argument("--visits", type=int, default=VISITS, choices=range(1, VISITS_MAX + 1), metavar="N")
    visits = parser.parse_args(words).visits
    figures = run(visits)
    code = show(figures)
    said = {one.name: one.figure for one in figures}
    missed = sum(not one.met for one in figures)
    print(
        f"{visits} visits, {said['throughput']}; p50 {said['p50, request / bare function']} x and "
        f"p99 {said['p99, request / bare function']} x a bare function; "
        f"{said['answers of 500 and above']} errors; {missed} goals missed"
    )
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
