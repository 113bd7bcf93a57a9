"""`mutants`: each seeded bug is put into a copy of the project, and the nets are cast over it."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from tests.proof.progress import with_bar
from tests.sim.fish import FISH, Fish

ROOT: Final = Path(__file__).resolve().parents[2]
COPIED: Final = ("docs", "functions", "shared", "infra", "tests")
CAUGHT_MIN: Final = len(FISH) - 2
SECONDS_MAX: Final = 1_800
"""For one net, which takes three minutes on a quiet machine."""
TOO_LATE: Final = "no net in time"
NOT_CAUGHT: Final = {"": "NOT CAUGHT", TOO_LATE: "NOT KNOWN, too slow"}
AT_ONCE: Final = 2
"""Most nets are one process."""


@dataclass(frozen=True)
class Net:
    name: str
    words: tuple[str, ...]


PYTEST: Final = ("-m", "pytest", "-m", "not emulator", "-x", "-q", "--timeout", "300")
NETS: Final = (
    Net("histories", ("-m", "tests.sim", "run", "320", "--brief")),
    Net("crash points", ("-m", "tests.sim", "crash", "--every", "41")),
    Net("properties", (*PYTEST, "tests/properties")),
    Net("tests", (*PYTEST, "tests/shared/runtime", "tests/functions")),
)


def run(only: str) -> int:
    """0 when enough of the bugs were caught, and the nets catch nothing where there is nothing."""
    began = perf_counter()
    fish = [one for one in FISH if only in one.name]
    nothing = "" if only else _catches(None)
    if nothing:
        print(f"the nets catch something where there is nothing: {nothing}")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        caught = [found for found in with_bar(pool.map(_tell, fish), "seeded bugs", len(fish)) if found]
    needed = min(CAUGHT_MIN, len(fish))
    print(f"{len(caught)} of {len(fish)} seeded bugs caught (goal {needed}), {perf_counter() - began:.0f} s")
    return 0 if fish and not nothing and len(caught) >= needed else 1


def _tell(fish: Fish) -> str:
    found = _catches(fish)
    print(f"{NOT_CAUGHT.get(found, f'caught by {found}'):<24} {fish.name}", flush=True)
    return "" if found in NOT_CAUGHT else found


def _catches(fish: Fish | None) -> str:
    """The first net that something is caught in; "" where it slips through all of them, or TOO_LATE."""
    with TemporaryDirectory(prefix="visita-fish-") as name:
        copy = Path(name)
        for folder in COPIED:
            shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("node_modules"))
        for file in ("pyproject.toml", "main.py"):
            shutil.copy(ROOT / file, copy)
        if fish is not None:
            _put(fish, copy / fish.file)
        try:
            return next((net.name for net in NETS if not _holds(copy, net.words)), "")
        except subprocess.TimeoutExpired:
            return TOO_LATE


def _put(fish: Fish, path: Path) -> None:
    text = path.read_text()
    if text.count(fish.old) != 1:
        raise LookupError(f"{fish.name}: {fish.file} has moved on; say the bug anew")
    path.write_text(text.replace(fish.old, fish.new))


def _holds(copy: Path, words: Sequence[str]) -> bool:
    """Raises TimeoutExpired."""
    done = subprocess.run([sys.executable, *words], cwd=copy, capture_output=True, timeout=SECONDS_MAX)
    return done.returncode == 0
