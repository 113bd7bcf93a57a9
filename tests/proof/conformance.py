"""The memory store and queue answer random operations as Firestore and Cloud Tasks do.

What differs is made as short as possible and shown as a story. Each sequence has a place of its own in one
store, which is as good as a store of its own.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Final
from uuid import uuid4

from shared.adapters.firestore import FirestoreDocuments
from shared.adapters.memory import MemoryDocuments
from shared.kernel.ports import Collision, OutcomeUnknown, Write
from tests.proof import queues
from tests.proof.lossy import Fate, LossyLine, firestore_through
from tests.proof.operations import Operation, sequence_of
from tests.proof.player import EVERYTHING, REFUSED, Player, is_right
from tests.proof.progress import carried_out, end, need, with_bar

SEQUENCES: Final = 2_000
QUEUE_SHARE: Final = 10
"""One sequence in so many is also one of tasks: each takes the real time of its HTTP calls."""
SHOWN_MAX: Final = 5


class LossyMemory(MemoryDocuments):
    """The memory store behind a line like that of `lossy.py`."""

    def __init__(self, fate: Callable[[], Fate]) -> None:
        super().__init__()
        self._fate = fate

    def commit(self, writes: Sequence[Write]) -> list[Any]:
        fate = self._fate()
        if fate == Fate.REQUEST_LOST:
            raise OutcomeUnknown
        try:
            stamps = super().commit(writes)
        except Collision:
            if fate == Fate.HOLDS:
                raise
        if fate == Fate.REPLY_LOST:
            raise OutcomeUnknown
        return stamps


class Pair:
    """Both stores. The fate of the next commit is the same for both. `steps`: how many were refused."""

    def __init__(self) -> None:
        self.steps: Counter[str] = Counter()
        self._fates: list[Fate] = []
        line = LossyLine(self._fate)
        self._firestore: FirestoreDocuments = firestore_through(f"demo-{uuid4().hex[:12]}", line)
        self._places = 0

    def difference(self, operations: Sequence[Operation]) -> str:
        """In words; empty where all outcomes are the same, and what they must be."""
        self._places += 1
        place = f"s{self._places}-"
        memory = Player(LossyMemory(self._fate), self._fates, place).outcomes(operations)
        firestore = Player(self._firestore, self._fates, place).outcomes(operations)
        self.steps.update(REFUSED if one == REFUSED else "others" for one in memory)
        steps = (*operations, EVERYTHING)
        for number, (step, mine, theirs) in enumerate(zip(steps, memory, firestore, strict=True)):
            if mine != theirs or not is_right(step, mine):
                return f"  step {number}\n    memory:    {mine}\n    Firestore: {theirs}"
        return ""

    def shortest(self, operations: Sequence[Operation]) -> list[Operation]:
        """Without every step that is not needed to see a difference."""
        kept = list(operations)
        for number in reversed(range(len(kept))):
            less = kept[:number] + kept[number + 1 :]
            if self.difference(less):
                kept = less
        return kept

    def story(self, seed: int) -> str:
        """How they differ over the sequence of that seed; empty where they do not."""
        operations = sequence_of(seed)
        if not self.difference(operations):
            return ""
        kept = self.shortest(operations)
        steps = "\n".join(f"  {number} {one}" for number, one in enumerate(kept))
        return f"seed {seed} differs:\n{steps}\n{self.difference(kept)}"

    def _fate(self) -> Fate:
        return self._fates.pop() if self._fates else Fate.HOLDS


@dataclass(frozen=True)
class Conformance:
    documents: int
    tasks: int
    differences: list[str]
    steps: Counter[str]


def compared(sequences: int, first: int = 0, tasks: int | None = None) -> Conformance:
    seeds = range(first, first + sequences)
    of_tasks = range(first, first + (sequences // QUEUE_SHARE if tasks is None else tasks))
    pair = Pair()
    stories = [story for seed in with_bar(seeds, "documents", len(seeds)) if (story := pair.story(seed))]
    return Conformance(len(seeds), len(of_tasks), [*stories, *_of_tasks(of_tasks)], pair.steps)


def _of_tasks(seeds: range) -> Iterator[str]:
    with queues.queues() as both:
        for seed in with_bar(seeds, "tasks", len(seeds)):
            if found := queues.difference(seed, both):
                yield found


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser("conformance", description=__doc__)
    parser.add_argument("--sequences", type=int, default=SEQUENCES)
    parser.add_argument("--seed", type=int, default=0, help="of the first sequence; the others follow")
    arguments = parser.parse_args(words)
    need("FIRESTORE_EMULATOR_HOST")
    began = perf_counter()
    found = compared(arguments.sequences, arguments.seed)
    return end(
        found.differences[:SHOWN_MAX],
        f"conformance: {found.documents} sequences of documents ({found.steps.total()} steps,"
        f" {found.steps[REFUSED]} refused as they must be) and {found.tasks} of tasks from seed"
        f" {arguments.seed}, {len(found.differences)} differ, {perf_counter() - began:.0f} s",
    )


if __name__ == "__main__":
    sys.exit(carried_out(main))
