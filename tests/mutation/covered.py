"""Which tests run which lines, how long each takes, and which of them a mutant must fear."""

import ast
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import ceil
from pathlib import Path
from typing import Final

import coverage
import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.mutants import ROOT, Mutant

SOURCES: Final = ("functions", "shared")
DOMAIN: Final = "functions/house_visits/domain"
ADMITS: Final = "admits"
MATRIX: Final = "tests/authorization/"
JUDGED_SECONDS_MAX: Final = 20.0
ROUNDS_MAX: Final = 3
"""A table that is used by a table that is used by a class: further away nobody looks."""

Line = tuple[str, int]


@dataclass
class Map:
    """Tests by their node ids."""

    seconds: dict[str, float] = field(default_factory=dict)
    """Of work and of waiting: who waits is asked late too."""
    by_line: dict[Line, set[str]] = field(default_factory=lambda: defaultdict(set))
    at_import: set[Line] = field(default_factory=set)
    failed: list[str] = field(default_factory=list)
    modules: list[str] = field(default_factory=list)

    def tests_of(self, mutant: Mutant) -> list[str]:
        """The quickest first."""
        first, last = mutant.lines
        tests = set[str]().union(
            *(self.by_line.get((mutant.file, line), ()) for line in range(first, last + 1))
        )
        return self.judging(mutant, self.in_order(tests))

    def judging(self, mutant: Mutant, tests: Iterable[str]) -> list[str]:
        """The matrix of who may do what runs through every rule and asks only whom a record admits."""
        if ADMITS in mutant.scope or not mutant.file.startswith(DOMAIN):
            return self._a_share(mutant.file, list(tests))
        return self._a_share(mutant.file, [one for one in tests if not one.startswith(MATRIX)])

    def _a_share(self, file: str, tests: list[str]) -> list[str]:
        """Through some lines runs the whole suite: then its neighbours judge, the quickest of the others, and
        each so many-th action of the matrix. What they do not notice survives."""
        if sum(self.seconds[one] for one in tests) <= JUDGED_SECONDS_MAX:
            return tests
        matrix = [one for one in tests if one.startswith(MATRIX)]
        others = [one for one in tests if not one.startswith(MATRIX)]
        beside = f"tests/{file.rpartition('/')[0]}/"
        half = JUDGED_SECONDS_MAX / 2
        each = ceil(sum(self.seconds[one] for one in matrix) / half) or 1
        spent = accumulate(self.seconds[one] for one in others)
        quickest = {one for one, so_far in zip(others, spent, strict=True) if so_far <= half}
        return [one for one in others if one in quickest or one.startswith(beside)] + sorted(matrix)[::each]

    def in_order(self, tests: Iterable[str]) -> list[str]:
        return sorted(tests, key=lambda one: (self.seconds[one], one))

    def is_import(self, mutant: Mutant) -> bool:
        """Whether the line runs while modules are read: an exchange of the function would come too late."""
        return not mutant.scope or (mutant.file, mutant.lines[0]) in self.at_import


def tracer() -> coverage.Coverage:
    include = [f"{ROOT / folder}/*" for folder in SOURCES]
    return coverage.Coverage(data_file=None, include=include, config_file=False)


def measured(items: Sequence[pytest.Item], told: Iterator[None]) -> Map:
    """Runs every test once, in this process."""
    found = Map()
    cov = tracer()
    cov.start()
    for place, item in enumerate(items):
        cov.switch_context(item.nodeid)
        began = time.monotonic()
        following = items[place + 1] if place + 1 < len(items) else None
        reports = runtestprotocol(item, nextitem=following, log=False)
        found.seconds[item.nodeid] = time.monotonic() - began
        if any(one.failed for one in reports):
            found.failed.append(item.nodeid)
        next(told, None)
    cov.stop()
    _read(cov, found)
    return found


def _read(cov: coverage.Coverage, found: Map) -> None:
    data = cov.get_data()
    for path in data.measured_files():
        name = _relative(path)
        for line, tests in data.contexts_by_lineno(path).items():
            found.by_line[name, line] |= {one for one in tests if one}


def lines_at_import(cov: coverage.Coverage) -> set[Line]:
    data = cov.get_data()
    return {(_relative(path), line) for path in data.measured_files() for line in data.lines(path) or ()}


def _relative(path: str) -> str:
    return str(Path(path).relative_to(ROOT))


class Mentions:
    """Where the names of tables, classes and fields are used: by functions, by other tables, by tests."""

    def __init__(self) -> None:
        self._lines: dict[str, set[Line]] = defaultdict(set)
        self._passed_on: dict[str, set[str]] = defaultdict(set)
        for folder in SOURCES:
            for path in (ROOT / folder).rglob("*.py"):
                self._read(path)
        self._tests = {
            str(path.relative_to(ROOT)): path.read_text() for path in (ROOT / "tests").rglob("test_*.py")
        }

    def tests_of(self, mutant: Mutant, found: Map) -> list[str]:
        """Those that run a line which uses the name, the nearest use first; then those that say it."""
        words, seen = set(mutant.defines[-1:]), set[str]()
        ordered = found.tests_of(mutant) if mutant.scope else []
        for _ in range(ROUNDS_MAX):
            ordered += found.in_order(self._using(words, found))
            seen |= words
            words = set(mutant.defines).union(*(self._passed_on[one] for one in words)) - seen
        ordered += found.in_order(self._saying(mutant.defines[0], found) if mutant.defines else ())
        return found.judging(mutant, dict.fromkeys(ordered))

    def _using(self, words: set[str], found: Map) -> set[str]:
        lines = set[Line]().union(*(self._lines[one] for one in words))
        return set[str]().union(*(found.by_line.get(line, ()) for line in lines))

    def _saying(self, word: str, found: Map) -> Iterator[str]:
        files = {name for name, text in self._tests.items() if word in text}
        return (one for one in found.seconds if one.partition("::")[0] in files)

    def _read(self, path: Path) -> None:
        name = str(path.relative_to(ROOT))
        for statement in ast.parse(path.read_text()).body:
            owner = _owners(statement)
            for node, in_function in _walked(statement, False):
                for word in _words(node):
                    if in_function:
                        self._lines[word].add((name, getattr(node, "lineno", 0)))
                    else:
                        self._passed_on[word] |= owner - {word}


def _owners(statement: ast.stmt) -> set[str]:
    if isinstance(statement, (ast.ClassDef, ast.FunctionDef)):
        return {statement.name}
    stored = (one for one in ast.walk(statement) if isinstance(one, ast.Name))
    return {one.id for one in stored if isinstance(one.ctx, ast.Store)}


def _walked(node: ast.AST, in_function: bool) -> Iterator[tuple[ast.AST, bool]]:
    yield node, in_function
    for child in ast.iter_child_nodes(node):
        yield from _walked(child, in_function or isinstance(node, (ast.FunctionDef, ast.Lambda)))


def _words(node: ast.AST) -> tuple[str, ...]:
    match node:
        case ast.Name(id=word) | ast.Attribute(attr=word) | ast.keyword(arg=str(word)):
            return (word,)
    return ()
