"""The world of the tests on a real Firestore, whose line loses commits or only their replies."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from threading import Lock, local
from typing import Final
from uuid import uuid4

from functions.platform.sweep_outbox import sweep_outbox
from shared.kernel.ports import Query
from shared.kernel.records import Record
from shared.runtime.letters import LEASE, Letter
from shared.runtime.settings import Settings
from tests.bench.measured_world import PatientClock
from tests.proof.lossy import Fate, LossyLine, firestore_through
from tests.world import SENDERS, World

SWEEPS_MAX: Final = 50
REQUESTS_LOST: Final = 0.05
"""The share of commits that never arrive; how many lose their reply is for the proof to say."""


class LossyWorld(World):
    def __init__(self, replies_lost: float) -> None:
        self.losses: Counter[Fate] = Counter()
        self._replies_lost = replies_lost
        self._lock = Lock()
        self._here = local()
        project = f"demo-{uuid4().hex[:12]}"
        super().__init__(Settings(store="memory", project=project, sender_numbers=SENDERS))

    def _plug(self) -> None:
        super()._plug()
        self.clock = PatientClock()
        self.phones.clock = self.clock
        documents = firestore_through(self.settings.project, LossyLine(self._fate))
        self.wiring.__dict__ |= {"documents": documents, "clock": self.clock}

    @contextmanager
    def losing(self, seed: str) -> Iterator[None]:
        """The commits of this thread are lost as the seed has it, whatever the other threads do."""
        self._here.chance = Random(seed)
        try:
            yield
        finally:
            self._here.__dict__.pop("chance", None)

    def given(self, *records: Record) -> None:
        """What a test puts there is there: the line loses what the functions write."""
        chance = self._here.__dict__.pop("chance", None)
        super().given(*records)
        if chance is not None:
            self._here.chance = chance

    def sweep(self) -> int:
        """Until every letter that somebody left behind has been sent; how many still are not.

        Messages and tasks are not delivered.
        """
        for _ in range(SWEEPS_MAX):
            if not self.open_letters():
                break
            self.clock.advance(LEASE)
            self._must(self.deliver(sweep_outbox.declaration))  # type: ignore[attr-defined]  # every action carries one
        return self.open_letters()

    def open_letters(self) -> int:
        still_open = Query(Letter.kind, (("open", "==", True),), (("due_at", "asc"), ("id", "asc")))
        return len(self.wiring.documents.query(still_open))

    def _fate(self) -> Fate:
        chance: Random | None = getattr(self._here, "chance", None)
        if chance is None:
            return Fate.HOLDS
        weights = (1 - self._replies_lost - REQUESTS_LOST, self._replies_lost, REQUESTS_LOST)
        fate = chance.choices((Fate.HOLDS, Fate.REPLY_LOST, Fate.REQUEST_LOST), weights)[0]
        with self._lock:
            self.losses[fate] += 1
        return fate
