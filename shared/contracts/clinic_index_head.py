"""How the clinic index lies in the document store: one head, read by every search, and parts, read once.

Reader: get the head; when the parts in memory are not of `head.snapshot`, get those (missing: get the head
again); then search `ClinicIndex(unpack(parts), *head.changes())`. Writer of a clinic: put the head, changed,
into the commit of the clinic. Builder: commit `rebuild_begun()`; write `parts_of(compacted(head, snapshot))`,
or pack all clinics anew; commit `rebuild_ended(...)`; a day later drop the parts of other builds.

Why two sets of changes: what changes while a build works may be missing from it and must outlive it
(`recent`); what had changed before is in it and must not (`settling`). The number of the build keeps two
builders apart: only the one that began last may end. Changes are packed as bytes, because a store client
spends more on five hundred small maps than the whole search takes.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Annotated, ClassVar, Final, Self

from pydantic import AwareDatetime, ConfigDict, Field

from shared.contracts.clinic_entry import ClinicEntry
from shared.contracts.clinic_snapshot import ClinicSnapshot, pack
from shared.kernel.actors import Actor, Scope
from shared.kernel.records import Record

PART_BYTES_MAX: Final = 900_000  # a Firestore document holds 1 MiB, names included
PARTS_MAX: Final = 10  # what one commit of 10 MiB takes: about 150,000 clinics with ids of 20 characters
CHANGES_MAX: Final = 500  # from here on a rebuild is due
CHANGES_BYTES_MAX: Final = 450_000  # some 8,000 changes: a rebuild that is late does not stop the writers

Changes = Annotated[bytes, Field(max_length=CHANGES_BYTES_MAX)]


class _Index(Record):
    """Whoever belongs to the tenant may search; no line of a log for each clinic that moves."""

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")
    logged: ClassVar[bool] = False

    def admits(self, actor: Actor, scope: Scope) -> bool:
        return True


class ClinicIndexPart(_Index):
    """A slice of a packed snapshot, small enough for one document."""

    kind: ClassVar[str] = "clinic_index_parts"

    build: int
    number: int
    data: Annotated[bytes, Field(max_length=PART_BYTES_MAX)]


class ClinicIndexHead(_Index):
    """Which snapshot is in force and what has changed since; its id is the tenant's."""

    kind: ClassVar[str] = "clinic_index"

    snapshot: int = 0  # the build whose parts are in force; 0 is none yet
    parts: Annotated[int, Field(ge=0, le=PARTS_MAX)] = 0
    build: int = 0  # the build that began last
    settling: Changes = b""
    recent: Changes = b""
    built_at: AwareDatetime | None = None

    @property
    def rebuild_due(self) -> bool:
        return self.snapshot == 0 or sum(len(changes.ids()) for changes in self.changes()) >= CHANGES_MAX

    @classmethod
    def first(cls, tenant_id: str) -> Self:
        return cls(id=tenant_id, tenant_id=tenant_id)

    def part_ids(self) -> list[str]:
        return [_part_id(self.tenant_id, self.snapshot, number) for number in range(self.parts)]

    def changes(self) -> tuple[ClinicSnapshot, ...]:
        """What lies over the snapshot, the older first."""
        return tuple(ClinicSnapshot.from_bytes(data) for data in (self.settling, self.recent) if data)

    def changed(self, entries: Iterable[ClinicEntry] = (), removed: Collection[str] = ()) -> Self:
        """Clinics written or gone since the parts were packed; each of them named once."""
        return self.but(recent=_merged(self.recent, pack(entries, 0, removed)))

    def rebuild_begun(self) -> Self:
        """Next comes `rebuild_ended` with the new value of `build`."""
        settling = _merged(self.settling, _opened(self.recent))
        return self.but(build=self.build + 1, settling=settling, recent=b"")

    def rebuild_ended(self, build: int, parts: int, built_at: datetime) -> Self:
        """The snapshot of this build is in force, unless a newer build has begun: then nothing changes."""
        if build != self.build or build == self.snapshot:
            return self
        return self.but(snapshot=build, parts=parts, settling=b"", built_at=built_at)


def compacted(head: ClinicIndexHead, snapshot: ClinicSnapshot) -> ClinicSnapshot:
    """What the build that has begun writes: the parts in force with the settling changes in them."""
    return pack(_over(snapshot, _opened(head.settling))[0], head.build)


def parts_of(snapshot: ClinicSnapshot, tenant_id: str) -> tuple[ClinicIndexPart, ...]:
    data = snapshot.to_bytes()
    starts = range(0, len(data), PART_BYTES_MAX)
    if len(starts) > PARTS_MAX:
        raise ValueError(f"more clinics than {PARTS_MAX} parts hold")
    return tuple(
        ClinicIndexPart(
            id=_part_id(tenant_id, snapshot.build, number),
            tenant_id=tenant_id,
            build=snapshot.build,
            number=number,
            data=data[start : start + PART_BYTES_MAX],
        )
        for number, start in enumerate(starts)
    )


def unpack(parts: Sequence[ClinicIndexPart]) -> ClinicSnapshot:
    """All parts of one build, in any order; ValueError when one is missing or of another build."""
    ordered = sorted(parts, key=lambda part: part.number)
    numbers = [part.number for part in ordered]
    if len({part.build for part in parts}) != 1 or numbers != list(range(len(parts))):
        raise ValueError("these parts do not make one snapshot")
    return ClinicSnapshot.from_bytes(b"".join(part.data for part in ordered))


def _part_id(tenant_id: str, build: int, number: int) -> str:
    return f"{tenant_id}-{build}-{number}"


def _merged(data: bytes, newer: ClinicSnapshot) -> bytes:
    entries, gone = _over(_opened(data), newer)
    return pack(entries, 0, gone).to_bytes() if entries or gone else b""


def _over(older: ClinicSnapshot, newer: ClinicSnapshot) -> tuple[list[ClinicEntry], frozenset[str]]:
    """What stands when the newer lies over the older, and the ids that are gone."""
    named = frozenset(newer.ids())
    kept = [entry for entry in older.entries() if entry.clinic_id not in named]
    return [*kept, *newer.entries()], older.removed() - named | newer.removed()


def _opened(data: bytes) -> ClinicSnapshot:
    return ClinicSnapshot.from_bytes(data) if data else pack((), 0)
