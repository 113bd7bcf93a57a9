"""Mutants of what is built while modules are read (tables, classes, defaults): the child reads all anew.

The process that forks has every library loaded and nothing of the project.
"""

import importlib
import importlib.machinery
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from types import CodeType, ModuleType
from typing import Final

import pytest

from tests.mutation.covered import Map, Mentions
from tests.mutation.forks import STUMBLED, each_in_a_child, end_after
from tests.mutation.mutants import Mutant, Source
from tests.mutation.notes import NOTICED, SURVIVED, UNCOVERED, Notes
from tests.mutation.warm import CPU_SECONDS_LEAST, CPU_TIMES_MORE, OPTIONS, settle_hypothesis

OURS: Final = ("functions", "shared", "infra", "tests", "main")
TELLING: Final = (
    "tests/test_rendered.py",
    "tests/test_states.py",
    "tests/shared/runtime/test_records_admit.py",
)
"""Limits, defaults, states and whom a record admits stand in what we publish: these ask it first."""
NEAREST: Final = 25
"""Most mistakes are found by the nearest tests: only what survives them meets all others."""
ROUNDS: Final = 3
CPU_SECONDS_TO_READ: Final = 30.0
CANNOT_BE_READ: Final = (pytest.ExitCode.INTERRUPTED, pytest.ExitCode.USAGE_ERROR)
"""A test file, or a conftest, that imports what is no longer there."""
VERDICTS: Final[Mapping[int, int]] = {
    **dict.fromkeys((pytest.ExitCode.TESTS_FAILED, *CANNOT_BE_READ), NOTICED),
    **dict.fromkeys((pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED), SURVIVED),
}


def load_libraries(modules: Sequence[str]) -> None:
    for name in modules:
        if name.partition(".")[0] not in OURS:
            importlib.import_module(name)


def judged(
    sources: dict[str, Source],
    mutants: Sequence[Mutant],
    found: Map,
    at_once: int,
    told: Iterator[None],
    notes: Notes,
) -> dict[Mutant, int]:
    mentions, telling = Mentions(), sum(one.startswith(TELLING) for one in found.seconds)
    tests = {one: _telling_first(mentions.tests_of(one, found), one.file, found) for one in mutants}
    rounds = {one: _rounds(tests[one], telling + NEAREST, notes.by(one), found) for one in mutants}
    codes = {one: SURVIVED if tests[one] else UNCOVERED for one in mutants}
    for place in range(ROUNDS):
        left = [one for one, code in codes.items() if code == SURVIVED and rounds[one][place]]
        jobs = (
            (one, partial(_judge, sources[one.file], one, rounds[one][place], found, notes)) for one in left
        )
        for mutant, code in each_in_a_child(jobs, at_once):
            codes[mutant] = code
            if code != NOTICED:  # who noticed has written it down
                notes.add(mutant, code)
            if code != SURVIVED or not any(rounds[mutant][place + 1 :]):
                next(told, None)
    return codes


def _rounds(tests: list[str], nearest: int, before: str, found: Map) -> tuple[list[str], ...]:
    """Who noticed it when it was last tried, then the nearest, then all others."""
    return [before] if before in found.seconds else [], tests[:nearest], tests[nearest:]


def _telling_first(tests: Sequence[str], file: str, found: Map) -> list[str]:
    """Then the neighbours, then whoever else runs what uses it."""
    telling = [one for one in found.seconds if one.startswith(TELLING)]
    beside = f"tests/{file.rpartition('/')[0]}/"
    near = [one for one in tests if one.startswith(beside)]
    return list(dict.fromkeys((*telling, *near, *tests)))


def _judge(source: Source, mutant: Mutant, tests: list[str], found: Map, notes: Notes) -> int:
    end_after(CPU_SECONDS_TO_READ)
    sys.meta_path.insert(0, _Changed(source.module, str(source.path), source.compiled(mutant.number)))
    settle_hypothesis()
    files = sorted({one.partition("::")[0] for one in tests})
    only = _Only(tests, found)
    code = VERDICTS.get(pytest.main([*OPTIONS, "-x", *files], plugins=[only]), STUMBLED)
    if code == NOTICED:
        notes.add(mutant, NOTICED, only.failed)
    return code


class _Changed(importlib.machinery.SourceFileLoader):
    """Finds one module, and loads the changed code in its place."""

    def __init__(self, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self._code = code

    def find_spec(
        self, name: str, _path: object = None, _target: ModuleType | None = None, /
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self.name:
            return None
        return importlib.machinery.ModuleSpec(name, self, origin=self.path)

    def get_code(self, fullname: str) -> CodeType:
        return self._code


class _Only:
    """A pytest plugin: these tests in this order, each with a limit of its own."""

    def __init__(self, tests: Sequence[str], found: Map) -> None:
        self._place = {test: place for place, test in enumerate(tests)}
        self._found = found
        self.failed = ""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        wanted = [one for one in items if one.nodeid in self._place]
        items[:] = sorted(wanted, key=lambda one: self._place[one.nodeid])

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        end_after(CPU_SECONDS_LEAST + CPU_TIMES_MORE * self._found.seconds[nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed = report.nodeid
