"""From nothing to the first useful answer, beside a function that says ok. `... -m tests.bench.cold_start`

Everything a cold instance does is in it: Python, functions-framework, imports, connections, the request.
Milliseconds belong to the machine; the ratio of medians of interleaved starts travels.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from io import StringIO
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import Final

import urllib3

from infra.local.stack.ports import first_free
from tests.bench.cold_functions import ROOT, ColdFunction, Surroundings, surroundings
from tests.bench.figure import Figure, show
from tests.bench.loaded_modules import run as count_modules

STARTS: Final = 11
RATIO_MAX: Final = 2.6
PORT_FROM: Final = 28430
SECONDS_MAX: Final = 30
RETRY_SECONDS: Final = 0.002

_ports = count(PORT_FROM)  # never one twice: the kernel may still be closing the last one
http = urllib3.PoolManager(retries=False)


def run(starts: int = STARTS) -> list[Figure]:
    with redirect_stdout(StringIO()):  # the log of every call
        figures, times = count_modules(), _times(starts)
    hello, webhook, task = (median(one) for one in times)
    figures.append(Figure("cold start, hello world", "", f"median {hello:.0f} ms of {starts}"))
    for name, ms in (("webhook", webhook), ("task", task)):
        ratio = ms / hello
        figures.append(
            Figure(
                f"cold start, {name} / hello world", f"<= {RATIO_MAX}", f"{ratio:.2f} ({ms:.0f} ms)",
                ratio <= RATIO_MAX,
            )
        )  # fmt: skip
    return figures


def _times(starts: int) -> list[list[float]]:
    with surroundings() as around:
        functions = (around.hello, around.webhook, around.task)
        for one in functions:  # the first start of all fills the disk's cache
            first_answer_ms(one, around)
        rounds = [[first_answer_ms(one, around) for one in functions] for _ in range(starts)]
    return [list(times) for times in zip(*rounds, strict=True)]


def first_answer_ms(function: ColdFunction, around: Surroundings) -> float:
    return first_answer(function, around)[0]


def first_answer(function: ColdFunction, around: Surroundings) -> tuple[float, bytes]:
    """Milliseconds from nothing to a 200, and what it said."""
    request = function.request()
    port = first_free(next(_ports))
    began = perf_counter()
    with _process(function, around, port):
        while perf_counter() - began < SECONDS_MAX:
            with suppress(urllib3.exceptions.HTTPError):
                answer = http.request(
                    request.method,
                    f"http://127.0.0.1:{port}{request.path}",
                    headers=dict(request.headers),  # type: ignore[call-overload]  # a dict, seen as what it can do
                    body=request.body or None,
                )
                ms = (perf_counter() - began) * 1000
                if answer.status != 200:
                    raise RuntimeError(
                        f"{function.entry_point} answered {answer.status}: {answer.data[:300]!r}"
                    )
                return ms, answer.data
            sleep(RETRY_SECONDS)
    raise TimeoutError(function.entry_point)


@contextmanager
def _process(function: ColdFunction, around: Surroundings, port: int) -> Iterator[None]:
    framework = Path(sys.executable).with_name("functions-framework")
    words = [str(framework), "--target", function.entry_point, "--source", str(function.source)]
    with subprocess.Popen(
        [*words, "--host", "127.0.0.1", "--port", str(port)],
        cwd=ROOT,
        env=dict(around.env),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            yield
        finally:
            os.killpg(process.pid, signal.SIGKILL)  # gunicorn and its worker: a kind end takes seconds


if __name__ == "__main__":
    sys.exit(show(run()))
