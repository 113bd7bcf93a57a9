"""The sockets that have to do with files: storage, inspection, papers; and the clock that they need.

The part of the composition root (`wiring`) that a reader of it rarely wants to see.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from shared.runtime.settings import Settings

if TYPE_CHECKING:
    from shared.contracts.ports import Antivirus, Inspector, Papers
    from shared.kernel.ports import Clock, Files


class FileWiring:
    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def clock(self) -> Clock:
        from shared.adapters.clock import FileClock, SystemClock

        return FileClock(self.settings.clock_file) if self.settings.clock_file else SystemClock()

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
    def inspector(self) -> Inspector:
        from shared.adapters.file_inspection import ChildInspector

        return ChildInspector()

    @cached_property
    def antivirus(self) -> Antivirus:
        from shared.adapters.antivirus import choose_antivirus

        return choose_antivirus(self.settings.antivirus)

    @cached_property
    def papers(self) -> Papers:
        from shared.adapters.papers import TypstPapers, unsigned

        now = self.settings
        if not now.signing_key:
            return TypstPapers(unsigned)
        from shared.adapters.pades import PadesSigner

        signer = PadesSigner(now.signing_key, now.signing_certificates, now.timestamp_url)
        return TypstPapers(signer.sign)
