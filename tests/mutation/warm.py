"""Mutants of functions: a process that has read everything and collected every test forks for each of them.

The child puts the changed code into the functions that there are, and runs the tests that cover it.
"""

import gc
import importlib
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.covered import Map, lines_at_import, measured, tracer
from tests.mutation.forks import answer_of, each_in_a_child, end_after
from tests.mutation.memory import Noticed
from tests.mutation.mutants import Mutant, Source
from tests.mutation.notes import NOT_EXCHANGED, NOTICED, SURVIVED, UNCOVERED, Notes

TESTS: Final = (
    "tests/functions",
    "tests/shared",
    "tests/stories",
    "tests/test_states.py",
    "tests/test_rendered.py",
    "tests/authorization",
)
"""Not tests/properties: what only a random history finds is not yet said by any test in words."""
OPTIONS: Final = ("-q", "-s", "-m", "not emulator", "-W", "ignore", "--no-header", "--no-summary")
CPU_SECONDS_LEAST, CPU_TIMES_MORE = 2.0, 8.0


def settle_hypothesis() -> None:
    """The same examples for every mutant: chance decides nothing."""
    from hypothesis import HealthCheck, settings

    settings.register_profile(
        "mutation", derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    settings.load_profile("mutation")


class Warm:
    """A pytest plugin: where pytest would run the tests, it measures them and then runs the mutants."""

    def __init__(
        self,
        sources: dict[str, Source],
        chosen: Sequence[Mutant],
        at_once: int,
        told: Callable[[str, int], Iterator[None]],
        notes: Notes,
    ) -> None:
        self._sources = sources
        self._notes = notes
        self._chosen = chosen
        self._at_once = at_once
        self._told = told
        self._import_trace = tracer()
        self.map = Map()
        self.codes: dict[Mutant, int] = {}

    def run(self) -> None:
        settle_hypothesis()
        self._import_trace.start()
        code = pytest.main([*OPTIONS, *TESTS], plugins=[self])
        if self.map.failed or not self.map.seconds:
            raise SystemExit(f"the tests must pass before they can judge (pytest: {code}): {self.map.failed}")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        for source in self._sources.values():
            importlib.import_module(source.module)
        self._import_trace.stop()
        if len(list(Path("/proc/self/task").glob("*"))) > 1:
            raise SystemExit("reading the tests has started a thread, which no fork survives: find it")
        items = session.items
        told = self._told("which tests run which lines", len(items))
        self.map = answer_of(lambda: _measured_with_modules(items, told))
        if self.map.failed:
            return True
        self.map.at_import = lines_at_import(self._import_trace)
        for name in self.map.modules:
            importlib.import_module(name)
        self._try_all({one.nodeid: one for one in items})
        return True

    def _try_all(self, items: dict[str, pytest.Item]) -> None:
        functions = _functions_by_code()
        tried = [one for one in self._chosen if not self.map.is_import(one)]
        self._noticed = Noticed(self._sources, items)
        told = self._told("functions", len(tried))
        gc.freeze()
        for mutant, code in each_in_a_child(self._jobs(tried, functions, items), self._at_once):
            self.codes[mutant] = code
            if code != NOTICED:  # who noticed has written it down
                self._notes.add(mutant, code)
            next(told, None)

    def _jobs(
        self,
        tried: Sequence[Mutant],
        functions: dict[tuple[str, str], list[types.FunctionType]],
        items: dict[str, pytest.Item],
    ) -> Iterator[tuple[Mutant, Callable[[], int]]]:
        for mutant in tried:
            ordered = self._noticed.in_order(mutant.file, self.map.tests_of(mutant))
            tests = [items[one] for one in dict.fromkeys((self._notes.by(mutant), *ordered)) if one in items]
            source = self._sources[mutant.file]
            targets = functions.get((str(source.path), mutant.scope), [])
            yield mutant, partial(self._judged, mutant, source, targets, tests)

    def _judged(
        self, mutant: Mutant, source: Source, functions: list[types.FunctionType], tests: list[pytest.Item]
    ) -> int:
        if not tests:
            return UNCOVERED
        changed = _code_named(source.compiled(mutant.number), mutant.scope)
        if changed is None or not functions:
            return NOT_EXCHANGED
        for one in functions:
            if one.__code__.co_freevars != changed.co_freevars:
                return NOT_EXCHANGED
            one.__code__ = changed
        return self._first_failure(mutant, tests)

    def _first_failure(self, mutant: Mutant, tests: Sequence[pytest.Item]) -> int:
        for place, item in enumerate(tests):
            end_after(CPU_SECONDS_LEAST + CPU_TIMES_MORE * self.map.seconds[item.nodeid])
            following = tests[place + 1] if place + 1 < len(tests) else None
            if any(one.failed for one in runtestprotocol(item, nextitem=following, log=False)):
                self._noticed.add(mutant.file, item.nodeid)
                self._notes.add(mutant, NOTICED, item.nodeid)
                return NOTICED
        return SURVIVED


def _measured_with_modules(items: Sequence[pytest.Item], told: Iterator[None]) -> Map:
    found = measured(items, told)
    found.modules = [name for name in sys.modules if _is_imported_again(name)]
    return found


def _is_imported_again(name: str) -> bool:
    """What tests load as they run is loaded once, before the forks."""
    spec = getattr(sys.modules[name], "__spec__", None)
    return spec is not None and spec.name == name and name != "__main__" and spec.origin is not None


def _functions_by_code() -> dict[tuple[str, str], list[types.FunctionType]]:
    found: dict[tuple[str, str], list[types.FunctionType]] = {}
    for one in gc.get_objects():
        if type(one) is types.FunctionType:
            found.setdefault((one.__code__.co_filename, one.__code__.co_qualname), []).append(one)
    return found


def _code_named(code: types.CodeType, name: str) -> types.CodeType | None:
    for one in code.co_consts:
        if isinstance(one, types.CodeType):
            if one.co_qualname == name:
                return one
            if name.startswith(f"{one.co_qualname}.") and (inner := _code_named(one, name)):
                return inner
    return None
