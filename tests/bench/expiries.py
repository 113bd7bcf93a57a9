"""A day on which very many certificates come nearer to their date: reads, writes and time of the functions.

`python -m tests.bench.expiries [CERTIFICATES]`. The store is in memory, with the one index that the question
needs: the emulator would look through everything for every page. What Firestore itself would take is added by
its own usual times.
"""

import sys
from collections import defaultdict
from collections.abc import Sequence
from contextlib import redirect_stdout
from datetime import timedelta
from io import StringIO
from time import process_time
from typing import Any, Final

from functions.referrals.domain.fitness import FitnessCertificate, NextDue, NextDueReason
from functions.referrals.domain.look_days import SHARDS
from functions.referrals.domain.reminder_promises import tells_once
from functions.referrals.domain.reminders import Reminder
from functions.referrals.scan_expiries import scan_expiries
from functions.referrals.send_digests import send_digests
from shared.kernel.ports import Query, Snapshot, Write
from tests.bench.figure import Figure, show
from tests.functions.referrals.people import TODAY, certificate, employee, employer
from tests.sim.ports import Store
from tests.world import World

CERTIFICATES: Final = 100_000
PER_EMPLOYER: Final = 500
READS_PER_ROW_MAX: Final = 1.05
MINUTES_MAX: Final = 10.0
LARGE: Final = 100
LARGE_SECONDS, SMALL_SECONDS = 0.5, 0.05
"""What Firestore is taken to need for a commit of more than a hundred documents, and for anything else:
assumed, where CPU and the number of round trips are measured."""


class Indexed(Store):
    """Counts what is asked, and keeps certificates by shard, reminders by employer."""

    def __init__(self) -> None:
        super().__init__()
        self.read_documents = self.written_documents = self.round_trips = self.large = 0
        self._parts: dict[tuple[str, Any], dict[str, None]] = defaultdict(dict)

    @property
    def counts(self) -> tuple[int, int, int, int]:
        return self.read_documents, self.written_documents, self.round_trips, self.large

    def read(self, paths: Sequence[str]) -> dict[str, Snapshot | None]:
        self.round_trips += 1
        self.read_documents += len(paths)
        return super().read(paths)

    def commit(self, writes: Sequence[Write]) -> list[Any]:
        self.round_trips += 1
        self.written_documents += len(writes)
        self.large += len(writes) > LARGE
        for one in writes:
            kind = one.path.partition("/")[0]
            if one.fields and kind in PARTED and one.path.count("/") == 1:
                self._parts[kind, one.fields[PARTED[kind]]][one.path] = None
        return super().commit(writes)

    def query(self, query: Query) -> list[Snapshot]:
        self.round_trips += 1
        asked = {name: value for name, op, value in query.where if op == "=="}
        by = PARTED.get(query.collection, "")
        found = self._in_part(query, asked[by]) if by in asked else self._in_turn(query, by)
        self.read_documents += max(1, len(found))
        return found

    def _in_turn(self, query: Query, by: str) -> list[Snapshot]:
        """The parts one after another, where that is the order that was asked for."""
        if not query.order or query.order[0][0] != by:
            return super().query(query)
        first = query.after[0] if query.after else ""
        parts = sorted(key for kind, key in self._parts if kind == query.collection and key >= first)
        return next((found for one in parts if (found := self._in_part(query, one))), [])

    def _in_part(self, query: Query, part: Any) -> list[Snapshot]:
        inside = self._inside.get(query.collection, {})
        self._inside[query.collection] = self._parts[query.collection, part]
        found = super().query(query)
        self._inside[query.collection] = inside
        return found


PARTED: Final = {FitnessCertificate.kind: "shard", Reminder.kind: "employer_id"}


def seeded(number: int) -> tuple[World, Indexed]:
    """So many certificates, all of them thirty days from their date, of employers with five hundred each."""
    world, store = World(), Indexed()
    world.wiring.__dict__["documents"] = store
    due = (NextDue(reason=NextDueReason.PERIODIC, due_on=TODAY + timedelta(days=30)),)
    for first in range(0, number, PER_EMPLOYER):
        whose = f"e-{first}"
        world.given(employer(whose, email="hr@example.org"), employee(f"em-{first}", employer_id=whose))
        mine = {"employer_id": whose, "employee_id": f"em-{first}", "next_dues": due}
        some = range(first, min(number, first + PER_EMPLOYER))
        world.given(*(certificate(f"fc-{one}").but(**mine) for one in some))
    return world, store


def run(number: int = CERTIFICATES) -> list[Figure]:
    world, store = seeded(number)
    before, began = store.counts, process_time()
    with redirect_stdout(StringIO()):
        world.tick(scan_expiries)
    looked = process_time() - began
    reads, writes, trips, large = (now - then for now, then in zip(store.counts, before, strict=True))
    with redirect_stdout(StringIO()):
        world.tick(send_digests)
    told = process_time() - began - looked
    seconds = looked + large * LARGE_SECONDS + (trips - large) * SMALL_SECONDS
    return [
        Figure(
            "documents read for each certificate that is due",
            f"<= {READS_PER_ROW_MAX}",
            f"{reads / number:.3f} ({reads:,} for {number:,})",
            reads / number <= READS_PER_ROW_MAX,
        ),
        Figure("documents written for each", "", f"{writes / number:.2f}"),
        Figure(
            f"minutes of functions for {number:,} that are due",
            f"<= {MINUTES_MAX}",
            f"{seconds / 60:.1f} in all ({looked:.0f} s of CPU, {trips:,} round trips, {large:,} large), "
            f"{seconds / SHARDS:.0f} s with {SHARDS} side by side",
            seconds / 60 <= MINUTES_MAX,
        ),
        Figure("digests", "", f"{len(world.mail.sent):,} mails, {told:.0f} s of CPU"),
        _kept(world, number),
    ]


def _kept(world: World, number: int) -> Figure:
    reminders = _all(world, Reminder)
    wrong = [*tells_once(reminders)]
    waiting = sum(one.is_waiting for one in reminders)
    figure = f"{len(reminders):,}, {waiting} still waiting, {len(wrong)} told twice"
    return Figure("reminders", f"{number:,}", figure, len(reminders) == number and not wrong and not waiting)


def _all(world: World, kind: type[Reminder]) -> list[Reminder]:
    found = world.wiring.documents.query(Query(kind.kind, limit=10_000_000))
    return [world.wiring.codec.decode(kind, one.fields) for one in found]


if __name__ == "__main__":
    sys.exit(show(run(int(sys.argv[1]) if len(sys.argv) > 1 else CERTIFICATES)))
