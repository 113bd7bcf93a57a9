"""test, mutation: every check there is, then pytest against emulators of its own; what the tests overlook."""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from infra.local.cli import show
from infra.local.cli.work import run_in
from infra.local.stack import official
from infra.local.stack.cloud import emulators, guard, is_embedded, private_cloud
from infra.local.stack.environment import without_our_own
from infra.local.stack.places import ROOT

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

KEPT_LOGS = ROOT / ".emulator" / "last-failed-test"
BESIDE = ("tests/authorization", "tests/sim", "tests/properties")
"""Long, and in memory alone: they run beside the others, on the other core."""


@dataclass(frozen=True)
class Check:
    name: str
    words: tuple[str, ...]
    needs: str = ""
    """A file without which the check cannot be; it is then reported as missing."""

    def is_there(self) -> bool:
        return (ROOT / self.needs).exists()


CHECKS = (
    Check("lint", ("ruff", "check", ".")),
    Check("format", ("ruff", "format", "--check", ".")),
    Check("types", ("mypy",)),
    Check("imports", ("lint-imports",)),
    Check("generated files", (sys.executable, "-m", "infra.render", "--check"), needs="infra/render.py"),
    Check(
        "dangers", ("bandit", "-q", "-c", "pyproject.toml", "-r", "functions", "shared", "infra", "main.py")
    ),
    Check("local dangers", ("bandit", "-q", "-ll", "-r", "infra/local", "infra/checks")),
    Check("secrets", (sys.executable, "-m", "infra.checks.secrets"), needs=".secrets.baseline"),
    Check(
        "terraform", (sys.executable, "-m", "infra.checks.terraform", "--if-there"), needs="infra/terraform"
    ),
    Check("pins", (sys.executable, "-m", "infra.checks.pins")),
)


@dataclass(frozen=True)
class Result:
    name: str
    code: int
    seconds: float


def add_to(commands: "Commands") -> None:
    words = commands.add_parser(
        "test", help="all checks, then all tests; with arguments: pytest with those, on emulators"
    )
    words.add_argument("--embedded", action="store_true", help="being without the emulators is no failure")
    words.set_defaults(command=test, takes_rest=True)
    words = commands.add_parser(
        "mutation", help="do the tests notice a broken rule? --module NAME, --quick", add_help=False
    )
    words.set_defaults(command=mutation, takes_rest=True)


def test(arguments: argparse.Namespace) -> int:
    """Runs everything even when something fails, and answers with the code of the first failure."""
    began = time.monotonic()
    environ = without_our_own()
    guard(environ, i_know=False)
    checks = [] if arguments.rest else CHECKS
    results = [_run(check) for check in checks]
    embedded = is_embedded(environ)
    results += _tests(environ, arguments.rest, embedded)
    if embedded and not arguments.embedded:
        show.problem(
            f"{official.what_is_missing()} not found, so the tests marked `emulator` did not run.\n"
            f"{official.remedy()}\nOr accept that: ./emulator.sh test --embedded"
        )
        results.append(Result("emulators", 1, 0.0))
    _summary(results, time.monotonic() - began)
    return next((result.code for result in results if result.code), 0)


def mutation(arguments: argparse.Namespace) -> int:
    """Needs no emulators: the rules are tested in memory."""
    command = [sys.executable, "-m", "tests.mutation", *arguments.rest]
    return subprocess.run(command, cwd=ROOT, env=without_our_own()).returncode


def _run(check: Check) -> Result:
    if not check.is_there():
        show.problem(f"{check.name}: {check.needs} is missing")
        return Result(check.name, 1, 0.0)
    show.line(f"== {check.name}: {' '.join(check.words[-3:])}", "bold")
    began = time.monotonic()
    code = subprocess.run(check.words, cwd=ROOT, env=_with_venv_first()).returncode
    return Result(check.name, code, time.monotonic() - began)


def _tests(environ: dict[str, str], words: Sequence[str], embedded: bool) -> list[Result]:
    if words or "VISITA_UPDATE_INDEXES" in os.environ:  # two would write one file
        return [_pytest(environ, words, embedded)]
    began = time.monotonic()
    with TemporaryFile() as said:
        command = [sys.executable, "-m", "pytest", *BESIDE]
        with subprocess.Popen(
            command, cwd=ROOT, env=environ, stdout=said, stderr=subprocess.STDOUT
        ) as beside:
            try:
                most = _pytest(environ, [f"--ignore={one}" for one in BESIDE], embedded)
                code = beside.wait()
            finally:
                beside.terminate()
        said.seek(0)
        show.line(f"== tests beside them: {' '.join(BESIDE)}", "bold")
        show.line(said.read().decode(errors="replace"))
    return [most, Result("tests beside", code, time.monotonic() - began)]


def _pytest(environ: dict[str, str], words: Sequence[str], embedded: bool) -> Result:
    began = time.monotonic()
    parts = emulators(environ)
    choice = ["-m", "not emulator"] if embedded else []
    show.line(f"== tests, with {', '.join(parts)} of their own", "bold")
    with private_cloud(environ, parts) as cloud:
        code = run_in(environ, cloud.setting.env, [sys.executable, "-m", "pytest", *choice, *words])
        if code:
            _keep_logs(cloud.setting.places.logs)
    return Result("tests", code, time.monotonic() - began)


def _keep_logs(logs: Path) -> None:
    shutil.rmtree(KEPT_LOGS, ignore_errors=True)
    shutil.copytree(logs, KEPT_LOGS)
    show.line(f"what the emulators said: {KEPT_LOGS}", "dim")


def _summary(results: Sequence[Result], seconds: float) -> None:
    told = [
        f"{result.name} {'ok' if result.code == 0 else f'FAILED ({result.code})'} {result.seconds:.0f}s"
        for result in results
    ]
    has_failed = any(result.code for result in results)
    verdict = "FAILED" if has_failed else "ALL OK"
    show.line(f"{verdict} in {seconds:.0f}s: {', '.join(told)}", "red" if has_failed else "green")


def _with_venv_first() -> dict[str, str]:
    path = f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**os.environ, "PATH": path}
