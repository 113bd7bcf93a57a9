"""Do the tests notice a broken rule? `./emulator.sh mutation [--module NAME] [--quick]`

Makes one small mistake at a time in the rules of house visits and in what admits people, and runs the tests
that cover it. Prints every mistake that no test noticed. Exits 0 only when the scores hold.
"""

import argparse
import os
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tests.mutation import cold, forks, reviewed
from tests.mutation.covered import Map
from tests.mutation.forks import STOOD_STILL
from tests.mutation.groups import Group, groups
from tests.mutation.mutants import Mutant, Source
from tests.mutation.notes import BY_A_TEST, NOT_EXCHANGED, NOTICED, SURVIVED, UNCOVERED, Notes
from tests.mutation.warm import Warm

QUICK: Final = 150
"""Mutants of each group, drawn by a seed."""
REMARKS: Final = {
    SURVIVED: "",
    UNCOVERED: "no test runs this line",
    STOOD_STILL: "its tests waited until they were ended: try it again",
}


@dataclass(frozen=True)
class Outcome:
    group: Group
    codes: dict[Mutant, int]

    @property
    def survivors(self) -> list[Mutant]:
        return [one for one, code in self.codes.items() if code not in BY_A_TEST]

    @property
    def score(self) -> float:
        return 100.0 * (1 - len(self.survivors) / len(self.codes)) if self.codes else 100.0

    @property
    def holds(self) -> bool:
        return self.score >= self.group.bar

    def __str__(self) -> str:
        noticed = len(self.codes) - len(self.survivors)
        mark = ">=" if self.holds else "BELOW"
        share = f"{noticed} of {len(self.codes)}"
        return f"{self.group.name} {self.score:.1f} % ({share}) {mark} {self.group.bar:.0f} %"


def main(words: Sequence[str]) -> int:
    arguments = _arguments(words)
    began = monotonic()
    known, notes = reviewed.reviewed(), Notes(arguments.notes)
    noticed = notes.noticed()
    chosen_groups = groups(arguments.module)
    every = {
        group.name: [one for source in group.sources for one in source.mutants] for group in chosen_groups
    }
    stale = reviewed.stale(known, [one for ones in every.values() for one in ones])
    chosen = {name: _chosen(ones, known, arguments) for name, ones in every.items()}
    if not any(chosen.values()):
        raise SystemExit(f"no mutants in files called {' or '.join(arguments.module)}")
    tried = [one for ones in chosen.values() for one in ones if one.key not in noticed]
    codes = dict.fromkeys((one for ones in chosen.values() for one in ones), NOTICED)
    codes |= _tried(chosen_groups, tried, arguments.at_once, notes)
    outcomes = [Outcome(group, {one: codes[one] for one in chosen[group.name]}) for group in chosen_groups]
    _print_survivors(outcomes, as_rows=arguments.rows)
    for key in stale:
        print(f"reviewed, and no longer there: {key}")
    told = "; ".join(str(one) for one in outcomes if one.codes)
    sampled = f", sampled with seed {arguments.seed}" if arguments.quick else ""
    took = f"{monotonic() - began:.0f} s"
    print(f"{told}; {len(known)} reviewed, {len(stale)} of them stale{sampled}; {took}")
    return 0 if all(one.holds for one in outcomes) and not stale else 1


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./emulator.sh mutation", description=__doc__)
    parser.add_argument(
        "--module", action="append", default=[], help="only files with this in their path; repeatable"
    )
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} mutants of each group")
    parser.add_argument("--seed", type=int, default=1, help="which ones, for --quick")
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1, help="processes")
    parser.add_argument("--notes", type=Path, help="verdicts as they fall, and by which test")
    parser.add_argument("--rows", action="store_true", help="survivors as rows for reviewed.json")
    return parser.parse_args(words)


def _chosen(ones: list[Mutant], known: Mapping[reviewed.Key, str], how: argparse.Namespace) -> list[Mutant]:
    left = [one for one in ones if one.key not in known]
    if not how.quick or len(left) <= QUICK:
        return left
    return random.Random(how.seed).sample(left, QUICK)


def _tried(
    chosen_groups: Sequence[Group], mutants: Sequence[Mutant], at_once: int, notes: Notes
) -> dict[Mutant, int]:
    """Two groups may hold one mutant: it is tried once."""
    sources = {source.file: source for group in chosen_groups for source in group.sources}
    mutants = list(dict.fromkeys(mutants))
    found, codes = forks.answer_of(lambda: _tried_warm(sources, mutants, at_once, notes))
    rest = [one for one in mutants if codes.get(one, NOT_EXCHANGED) == NOT_EXCHANGED]
    cold.load_libraries(found.modules)
    with _bar() as bar:
        told = _told(bar, "tables and classes", len(rest))
        codes |= cold.judged(sources, rest, found, at_once, told, notes)
    return codes


def _tried_warm(
    sources: dict[str, Source], mutants: Sequence[Mutant], at_once: int, notes: Notes
) -> tuple[Map, dict[Mutant, int]]:
    forks.silent()
    with _bar() as bar:
        warm = Warm(sources, mutants, at_once, lambda name, total: _told(bar, name, total), notes)
        warm.run()
    return warm.map, warm.codes


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description:<28}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=Console(stderr=True), disable=not sys.stderr.isatty(), auto_refresh=False,
    )  # fmt: skip


def _told(bar: Progress, name: str, total: int) -> Iterator[None]:
    task = bar.add_task(name, total=total)
    while True:
        bar.update(task, advance=1, refresh=True)  # no thread of its own: this process forks
        yield


def _print_survivors(outcomes: Sequence[Outcome], *, as_rows: bool) -> None:
    for outcome in outcomes:
        for one in sorted(outcome.survivors, key=lambda mutant: (mutant.file, mutant.line)):
            remark = REMARKS.get(outcome.codes[one], "it could not be tried")
            print(reviewed.as_row(one) if as_rows else f"{one}   {remark}".rstrip())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
