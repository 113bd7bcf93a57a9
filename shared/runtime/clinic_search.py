"""Which clinics may come: the clinic index, held in this instance and fresh at every search.

A search reads one document, the head. It names the snapshot in force and carries what changed since, so
that nobody waits for a rebuild; the parts of the snapshot are read only when the head names another one.
"""

from dataclasses import dataclass
from threading import Lock
from typing import Any, Final, TypeVar

from shared.contracts.clinic_index import FOUND_MAX, ClinicIndex, Found
from shared.contracts.clinic_index_head import ClinicIndexHead, ClinicIndexPart, unpack
from shared.contracts.clinic_snapshot import ClinicSnapshot, pack
from shared.kernel.errors import Busy
from shared.kernel.places import SEARCH_RADIUS_KM, Position
from shared.kernel.ports import Documents, Snapshot
from shared.kernel.records import Record

TENANTS_MAX: Final = 20
"""Held at a time; the one that came first makes room."""
ROUNDS_MAX: Final = 5
"""A rebuild that ends between the head and its parts takes the old parts away: the head is read again."""

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class _Held:
    """`stamp` names the version of the head that `index` is made of."""

    stamp: Any
    build: int
    snapshot: ClinicSnapshot
    index: ClinicIndex


class ClinicSearch:
    """One for each instance; any number of threads may search."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._held: dict[str, _Held] = {}
        self._lock = Lock()

    def near(
        self,
        tenant_id: str,
        position: Position,
        specialization: str,
        weekday: int,
        radius_km: float = SEARCH_RADIUS_KM,
        limit: int = FOUND_MAX,
    ) -> list[Found]:
        """The nearest clinics that are within the radius and their own; nearer first, then by id."""
        return self.index(tenant_id).near(position, specialization, weekday, radius_km, limit)

    def nearest_beyond(
        self,
        tenant_id: str,
        position: Position,
        specialization: str,
        weekday: int,
        radius_km: float = SEARCH_RADIUS_KM,
        limit: int = 1,
    ) -> list[Found]:
        """The nearest clinics farther than the radius, for an operator who may overrule it."""
        return self.index(tenant_id).nearest_beyond(position, specialization, weekday, radius_km, limit)

    def index(self, tenant_id: str) -> ClinicIndex:
        """As it is now, for whoever asks several questions at once; empty where there are no clinics yet."""
        path = f"{ClinicIndexHead.kind}/{tenant_id}"
        for _ in range(ROUNDS_MAX):
            read = self._documents.read([path])[path]
            if read is None:
                return ClinicIndex(pack((), 0))
            held = self._held.get(tenant_id)
            if held is not None and held.stamp == read.stamp:
                return held.index
            with self._lock:  # of many who wait for one snapshot, one reads it
                fresh = self._freshened(self._held.get(tenant_id), read)
                if fresh is not None:
                    self._keep(tenant_id, fresh)
                    return fresh.index
        raise Busy

    def _freshened(self, held: _Held | None, read: Snapshot) -> _Held | None:
        if held is not None and held.stamp == read.stamp:
            return held
        head = _record(ClinicIndexHead, read)
        snapshot = held.snapshot if held and held.build == head.snapshot else self._load(head)
        if snapshot is None:
            return None
        return _Held(read.stamp, head.snapshot, snapshot, ClinicIndex(snapshot, *head.changes()))

    def _load(self, head: ClinicIndexHead) -> ClinicSnapshot | None:
        """None where a part is gone, because a newer snapshot has taken its place."""
        paths = [f"{ClinicIndexPart.kind}/{part_id}" for part_id in head.part_ids()]
        if not paths:
            return pack((), 0)
        found = self._documents.read(paths)
        parts = [_record(ClinicIndexPart, one) for path in paths if (one := found[path]) is not None]
        return unpack(parts) if len(parts) == len(paths) else None

    def _keep(self, tenant_id: str, fresh: _Held) -> None:
        self._held.pop(tenant_id, None)
        while len(self._held) >= TENANTS_MAX:
            del self._held[next(iter(self._held))]
        self._held[tenant_id] = fresh


def _record(kind: type[R], read: Snapshot) -> R:
    """The index holds nothing sealed: its documents are read as they lie."""
    return kind.model_validate(read.fields, extra="ignore")
