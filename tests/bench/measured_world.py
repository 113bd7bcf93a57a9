"""The world of the tests with one thing real and under the meter: Firestore. The rest is in memory."""

import uuid
from typing import Final

from shared.adapters.clock import SystemClock
from shared.adapters.firestore import FirestoreDocuments
from shared.runtime.settings import Settings
from tests.bench.meter import Meter, channel_through, emulator
from tests.outside import StoppedClock
from tests.recorder import RecordingDocuments
from tests.world import SENDERS, World

PATIENCE_SECONDS: Final = 120.0
"""The emulator looks through a whole collection for a query; what is measured here is never how long."""


class PatientClock(StoppedClock):
    """Stands still, but who lost a race waits before trying again, as in production."""

    def pause(self, seconds: float) -> None:
        SystemClock().pause(seconds)


class MeasuredWorld(World):
    """Needs FIRESTORE_EMULATOR_HOST. Each has a project of its own, which is an empty database."""

    def __init__(self) -> None:
        project = f"demo-{uuid.uuid4().hex[:12]}"
        self.meter = Meter()
        super().__init__(Settings(store="memory", project=project, sender_numbers=SENDERS))

    def _plug(self) -> None:
        super()._plug()
        way = channel_through(self.meter)
        documents = FirestoreDocuments(self.settings.project, emulator(), way, PATIENCE_SECONDS)
        self.clock = PatientClock()
        self.phones.clock = self.clock
        self.wiring.__dict__ |= {
            "documents": RecordingDocuments(documents),
            "clock": self.clock,
        }
