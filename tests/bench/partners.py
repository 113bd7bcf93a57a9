"""Partners: finding an institute among ten thousand, reading a questionnaire, making one.

`python -m tests.bench.partners`. Matching is measured in a process of its own, which holds the market and
nothing else: CPU beside loading, and the most memory it ever had.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any, Final

from tests.bench.figure import Figure, show
from tests.shared.adapters.read_in_child import peak_megabytes

SIZES: Final = (100, 1_000, 10_000)
CPU_MS_MAX, MEGABYTES_MAX = 50.0, 128.0
READ_RATIO_MAX, WRITE_RATIO_MAX = 0.5, 1.0
ROUNDS: Final = 9
WISHES: Final = {
    "fitting": {},
    "one far place": {"places": 1, "radius_km": 5},
    "five services": {"services": 5},
}


def run() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        return [*_matching(Path(folder)), *_workbooks()]


def _matching(folder: Path) -> list[Figure]:
    from tests.bench.partner_market import written

    figures = []
    for size in SIZES:
        file = written(size, folder / f"{size}.market")
        command = [sys.executable, "-m", "tests.bench.partners", "--child", str(file)]
        told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        counted = size == SIZES[-1]
        for name, (cpu_ms, fitting) in told["ms"].items():
            goal = f"<= {CPU_MS_MAX:.0f} ms" if counted else ""
            words = f"{cpu_ms:.1f} ms CPU, {fitting} fit"
            figures.append(
                Figure(f"{size} institutes x 40 services, {name}", goal, words, cpu_ms <= CPU_MS_MAX)
            )
        size_words = f"{told['mb']:.0f} MiB at most, opened in {told['open_ms']:.0f} ms"
        goal = f"<= {MEGABYTES_MAX:.0f} MiB" if counted else ""
        figures.append(Figure(f"{size} institutes, memory", goal, size_words, told["mb"] <= MEGABYTES_MAX))
    return figures


def _child(path: str) -> None:
    from datetime import date

    from functions.partners.domain.market import Market
    from functions.partners.domain.needs import needs_of
    from functions.partners.domain.ranking import ranked
    from tests.bench.partner_market import wanted

    began = process_time()
    market = Market.from_bytes(Path(path).read_bytes())
    open_ms = (process_time() - began) * 1000
    found: dict[str, tuple[float, int]] = {}
    for name, facts in WISHES.items():
        times = []
        for _ in range(ROUNDS):
            began = process_time()
            ranking = ranked((market,), needs_of(wanted(**facts), date(2026, 11, 24)))
            times.append((process_time() - began) * 1000)
        found[name] = (median(times), ranking.fitting)
    sys.stdout.write(json.dumps({"ms": found, "open_ms": open_ms, "mb": peak_megabytes()}))


def _workbooks() -> list[Figure]:
    from openpyxl import load_workbook

    from functions.partners.domain.questionnaire_plan import questionnaire_plan
    from shared.adapters.workbook_reader import BoundedReader
    from shared.adapters.workbook_writer import OpenpyxlWriter
    from tests.bench.plain_openpyxl import plainly
    from tests.functions.partners.filled import filled

    sent, plan = filled(), questionnaire_plan("partner-1", "Fabryka Żubr", "pl", "signature")

    def theirs() -> None:
        book = load_workbook(BytesIO(sent), read_only=True, data_only=True)
        for sheet in book.worksheets:
            for _ in sheet.iter_rows(values_only=True):
                pass

    reading = _ratio(lambda: BoundedReader().read(sent), theirs)
    writing = _ratio(lambda: OpenpyxlWriter().write(plan), lambda: plainly(plan))
    return [
        _against("reading a questionnaire / openpyxl read-only", reading, READ_RATIO_MAX),
        _against("generating a questionnaire / plain openpyxl", writing, WRITE_RATIO_MAX),
    ]


def _ratio(ours: Callable[[], Any], theirs: Callable[[], Any]) -> tuple[float, float]:
    """Milliseconds of CPU of both, taking turns."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for which, run_it in enumerate((ours, theirs)):
            began = process_time()
            run_it()
            times[which].append((process_time() - began) * 1000)
    return median(times[0]), median(times[1])


def _against(name: str, times: tuple[float, float], most: float) -> Figure:
    ratio = times[0] / times[1]
    return Figure(
        name, f"<= {most:g}", f"{ratio:.2f} ({times[0]:.1f} / {times[1]:.1f} ms CPU)", ratio <= most
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        _child(sys.argv[2])
    else:
        sys.exit(show(run()))
