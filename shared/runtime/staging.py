"""Where records lie in the store, and what is to become of one in this commit."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shared.kernel.actors import Actor
from shared.kernel.errors import NotFound
from shared.kernel.ports import MISSING, Query, Snapshot, Write
from shared.kernel.records import Activity, Decision, Record
from shared.runtime.codec import TOKEN, Codec

KEY_MAX = 200  # as Record.id


@dataclass
class Staged:
    """`stamp`: MISSING, the version that was read, or None to overwrite whatever is there."""

    record: Record
    stamp: Any
    lines: list[Activity] = field(default_factory=list)
    removed: bool = False

    def writes(self, path: str, codec: Codec, token: str) -> list[Write]:
        if self.removed:
            return [Write(path, None, self.stamp)]
        record = self.record
        context = f"{record.tenant_id}|{record.kind}|{record.id}"
        writes = [Write(path, {**codec.encode(record), TOKEN: token}, self.stamp)]
        for line in self.lines:
            fields = {**codec.fields(line, context), "tenant_id": record.tenant_id, TOKEN: token}
            writes.append(Write(line_path(record, line.number), fields, MISSING))
        return writes


def path_of(kind: type[Record], key: str) -> str:
    """Raises NotFound for a key that no record can have."""
    if "/" in key or key.startswith("__") or key in ("", ".", "..") or len(key) > KEY_MAX:
        raise NotFound
    return kind.place(key)


def changed_beside(record: Record, earlier: Record | None) -> tuple[Record, ...]:
    """What lies beside it otherwise than beside `earlier`, the record as it was read; None: it is new."""
    known = earlier.beside() if earlier else ()
    return tuple(one for one in record.beside() if one not in known)


def line_path(record: Record, number: int) -> str:
    return f"{record.kind}/{record.id}/activity/{number:06d}"


def line_paths(record: Record, after: int, limit: int) -> list[str]:
    """Of the lines behind that number."""
    return [line_path(record, one) for one in range(after + 1, min(record.version, after + limit) + 1)]


def of_tenant(tenant_id: str, kind: type[Record], query: Query) -> Query:
    """The query with its collection, for one tenant's records."""
    where = (("tenant_id", "==", tenant_id), *query.where)
    return Query(kind.kind, where, query.order, query.after, query.limit)


def line_of(record: Record, decision: Decision[Any], actor: Actor, now: datetime) -> Activity:
    """The line that this change writes."""
    return Activity(
        record_id=record.id,
        number=record.version,
        at=now,
        by_role=actor.role,
        by_user=actor.user_id,
        did=decision.did,
        details=decision.details,
        note=decision.note,
        automatic=not decision.manual,
    )


def read_line(record: Record, path: str, snapshot: Snapshot | None, codec: Codec) -> Activity:
    """A line of the record's log. Raises LookupError where there is none: numbers have no gaps."""
    if snapshot is None:
        raise LookupError(f"the log has a gap at {path}")
    context = f"{record.tenant_id}|{record.kind}|{record.id}"
    fields = {name: one for name, one in snapshot.fields.items() if name in Activity.model_fields}
    return Activity.model_validate(codec.open(fields, context))
