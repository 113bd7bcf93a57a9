"""The composition root: settings in, adapters out.

With `outside_wiring` the only module that imports adapters, each when it is first asked for.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from shared.runtime import settings as environment
from shared.runtime.codec import Codec
from shared.runtime.ids import RandomIds
from shared.runtime.outbox import Outbox
from shared.runtime.outside_wiring import OutsideWiring
from shared.runtime.settings import Settings

if TYPE_CHECKING:
    from shared.kernel.ports import Clock, Documents, Files, Identity, Queue, Seals, Topics
    from shared.runtime.clinic_search import ClinicSearch
    from shared.runtime.membership import Members


class Wiring(OutsideWiring):
    """One process's sockets. A test makes its own, with another store or clock plugged in."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.ids = RandomIds()

    @cached_property
    def documents(self) -> Documents:
        if self.settings.store == "memory":
            from shared.adapters.memory import MemoryDocuments

            return MemoryDocuments()
        from shared.adapters.firestore import FirestoreDocuments

        return FirestoreDocuments(self.settings.project, self.settings.firestore_host)

    @cached_property
    def clock(self) -> Clock:
        from shared.adapters.clock import FileClock, SystemClock

        return FileClock(self.settings.clock_file) if self.settings.clock_file else SystemClock()

    @cached_property
    def queue(self) -> Queue:
        from shared.adapters.cloud_tasks import CloudTasks

        now = self.settings
        return CloudTasks(
            now.project,
            now.location,
            now.public_url,
            now.service_domain,
            now.tasks_host,
            now.internal_url,
        )

    @cached_property
    def topics(self) -> Topics:
        if self.settings.store == "memory":
            from shared.adapters.memory import MemoryTopics

            return MemoryTopics()
        from shared.adapters.pubsub import PubSub

        return PubSub(self.settings.project, self.settings.pubsub_host)

    @cached_property
    def files(self) -> Files:
        now = self.settings
        if now.store == "memory" and not now.storage_host:
            from shared.adapters.memory_files import MemoryFiles

            return MemoryFiles(self.clock)
        from shared.adapters.cloud_storage import CloudStorage

        return CloudStorage(
            now.project, now.quarantine_bucket, now.clean_bucket, now.signer, now.storage_host
        )

    @cached_property
    def seals(self) -> Seals:
        from shared.adapters.seals import AesSeals

        return AesSeals(self.settings.seal_keys)

    @cached_property
    def identity(self) -> Identity:
        from shared.adapters.firebase_identity import FirebaseIdentity

        now = self.settings
        return FirebaseIdentity(
            now.project, now.tenants, now.tenant_id, now.keys_url, emulated=bool(now.auth_emulator)
        )

    @cached_property
    def members(self) -> Members:
        from shared.runtime.membership import Members

        return Members(self.documents, self.codec, self.clock)

    @cached_property
    def codec(self) -> Codec:
        return Codec(self.seals)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self)

    @cached_property
    def clinic_search(self) -> ClinicSearch:
        from shared.runtime.clinic_search import ClinicSearch

        return ClinicSearch(self.documents)


_current: Wiring | None = None


def current() -> Wiring:
    """The wiring of this process, made on first use."""
    global _current
    if _current is None:
        _current = Wiring(environment.current())
    return _current


def use(wiring: Wiring | None) -> None:
    """Plug in another wiring: what tests and the local gateway do at their start."""
    global _current
    _current = wiring
