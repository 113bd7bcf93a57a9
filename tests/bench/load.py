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
from io import StringIO
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any, Final

import functions_framework
import urllib3

from infra.local.gateway import Gateway
from infra.local.web_server import WebServer
from shared.runtime import wiring
from shared.runtime.action import Declaration
from shared.runtime.incoming import Incoming
from shared.runtime.problem import Answer
from tests.bench import stories
from tests.bench.cold_functions import HELLO, HELLO_SOURCE
from tests.bench.figure import Figure, show
from tests.bench.load_figures import Told, figures_of
from tests.bench.measured_world import MeasuredWorld
from tests.bench.story_counts import Counts, plug

framework: Any = functions_framework  # it is typed here and there only

VISITS: Final = 500
VISITS_MAX: Final = 5_000
PROCESSES: Final = 2
SECONDS_MAX: Final = 60


class LoadedWorld(MeasuredWorld):
    """Functions behind a gateway; each request is timed, and a bare function right after it."""

    def __init__(self, url: str, bare_url: str, told: Told) -> None:
        super().__init__()
        self._url, self._bare_url, self._told = url, bare_url, told
        self._http = urllib3.PoolManager(retries=False, timeout=SECONDS_MAX)

    def door(self, action: Declaration, incoming: Incoming) -> Answer:
        url = f"{self._url}{incoming.path}" + (f"?{incoming.query}" if incoming.query else "")
        headers = dict(incoming.headers)  # type: ignore[call-overload]  # a dict, as all of them here are
        began, computing = perf_counter(), process_time()
        answer = self._http.request(incoming.method, url, body=incoming.body or None, headers=headers)
        asked, computed = perf_counter(), process_time()
        self._http.request("GET", self._bare_url + "/")
        self._told.add(asked - began, perf_counter() - asked, answer.status)
        self._told.computing.append(computed - computing)
        self._told.bare_computing.append(process_time() - computed)
        return Answer(answer.status, answer.data, {})


def some_visits(number: int) -> Told:
    """In a process of its own. Each visit has a database of its own, which costs nothing."""
    told = Told([], [], 0, {}, 0, [], [])
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
    fields = (
        "round_trips",
        "reads",
        "writes",
        "deletes",
        "commits",
        "tasks",
        "messages",
        "segments",
        "mails",
    )
    return {field: sum(getattr(one, field) for one in counts.values()) for field in fields}


def run(visits: int) -> list[Figure]:
    each = [len(list(islice(range(number, visits, PROCESSES), visits))) for number in range(PROCESSES)]
    began = perf_counter()
    with ProcessPoolExecutor(PROCESSES) as pool:
        parts = list(pool.map(some_visits, [one for one in each if one]))
    seconds = perf_counter() - began
    return figures_of(parts, visits, seconds)


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
        f"{said['answers of 500 and above']} errors; "
        f"CPU {said['CPU, request / bare function']} x; {missed} goals missed"
    )
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
