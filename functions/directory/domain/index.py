"""What a change of clinics means for the index they are searched by, and the tasks that rebuild it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from shared.contracts.clinic_entry import entry_of
from shared.contracts.clinic_index_head import ClinicIndexHead
from shared.contracts.directory import Clinic
from shared.kernel.effects import Later, Message

CLINICS_A_READ: Final = 500
CLINICS_MAX: Final = 200_000


class RebuildClinicIndex(Message):
    """Begin a rebuild where one is due; `always`: even where it is not."""

    always: bool = False


class PackClinicIndex(Message):
    """Do the rebuild that began with this number."""

    build: int


def overlaid(head: ClinicIndexHead, changes: Iterable[tuple[Clinic | None, Clinic]]) -> ClinicIndexHead:
    """The head with (before, after) of each clinic laid over it; the same where no search would notice."""
    entries, removed = [], []
    for before, after in changes:
        was, entry = entry_of(before) if before else None, entry_of(after)
        if entry is not None and entry != was:
            entries.append(entry)
        elif entry is None and was is not None:
            removed.append(after.id)
    return head.changed(entries, removed) if entries or removed else head


def rebuild_letter(tenant_id: str, run: str, now: datetime, *, always: bool = False) -> Later:
    """One for each run, however many pages of it say so."""
    key = f"rebuild-clinic-index-{tenant_id}-{run}"
    return Later(key=key, message=RebuildClinicIndex(always=always), at=now)


def pack_letter(head: ClinicIndexHead, now: datetime) -> Later:
    key = f"pack-clinic-index-{head.tenant_id}-{head.build}"
    return Later(key=key, message=PackClinicIndex(build=head.build), at=now)
