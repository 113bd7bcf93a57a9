"""What a change in the directory means for the index it is searched by, and the tasks that rebuild it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, NamedTuple

from shared.contracts.clinic_entry import ClinicEntry, entry_of
from shared.contracts.clinic_index_head import ClinicIndexHead
from shared.contracts.directory import Clinic
from shared.kernel.effects import Later, Message

ROWS_A_READ: Final = 500
ROWS_MAX: Final = 200_000
"""Clinics, and as many doctors."""


class RebuildClinicIndex(Message):
    """Begin a rebuild where one is due; `always`: even where it is not."""

    always: bool = False


class PackClinicIndex(Message):
    """Do the rebuild that began with this number."""

    build: int


class Move(NamedTuple):
    """An entry as it was and as it is now; None where no search may find it."""

    was: ClinicEntry | None
    now: ClinicEntry | None


def move_of(before: Clinic | None, after: Clinic) -> Move:
    return Move(entry_of(before) if before else None, entry_of(after))


def overlaid(head: ClinicIndexHead, moves: Iterable[Move]) -> ClinicIndexHead:
    """The head with the moves laid over it; the same where no search would notice."""
    entries, removed = [], []
    for was, now in moves:
        if now is not None and now != was:
            entries.append(now)
        elif now is None and was is not None:
            removed.append(was.clinic_id)
    return head.changed(entries, removed) if entries or removed else head


def rebuild_letter(tenant_id: str, run: str, now: datetime, *, always: bool = False) -> Later:
    """One for each run, however many pages of it say so."""
    key = f"rebuild-clinic-index-{tenant_id}-{run}"
    return Later(key=key, message=RebuildClinicIndex(always=always), at=now)


def pack_letter(head: ClinicIndexHead, now: datetime) -> Later:
    key = f"pack-clinic-index-{head.tenant_id}-{head.build}"
    return Later(key=key, message=PackClinicIndex(build=head.build), at=now)
