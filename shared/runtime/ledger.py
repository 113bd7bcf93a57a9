"""The ledger: what an action reads, and what it wants written, all of it in one commit at its end.

An action reads records, stages new ones, and returns; the runtime then commits records, activity lines,
letters, the idempotency record and the audit event in ONE batch. Who loses a race runs again, reading anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from shared.kernel.actors import Actor, Scope
from shared.kernel.effects import Effect
from shared.kernel.errors import AlreadyThere, NotFound, Stale
from shared.kernel.ports import MISSING, Documents, Query, Snapshot, Write
from shared.kernel.records import Activity, Decision, Record
from shared.runtime import log, staging
from shared.runtime.codec import Codec

R = TypeVar("R", bound=Record)


class Ledger:
    """One attempt of one call. Everything is seen through the actor's tenant and the action's scope."""

    def __init__(
        self,
        documents: Documents,
        codec: Codec,
        actor: Actor,
        scope: Scope,
        now: datetime,
        *,
        if_match: int | None = None,
        known: Mapping[str, Snapshot | None] | None = None,
    ) -> None:
        self._documents = documents
        self._codec = codec
        self._actor = actor
        self._scope = scope
        self._now = now
        self._if_match = if_match
        self._careful = known is not None  # an earlier attempt collided: look before creating
        self._read: dict[str, Snapshot | None] = dict(known or {})
        self._staged: dict[str, staging.Staged] = {}
        self._seen: dict[str, Record] = {}
        self.effects: list[Effect] = []
        self.figures: dict[str, float] = {}

    # Reading

    def get(self, kind: type[R], key: str) -> R:
        """Raises NotFound where it is missing, of another tenant, or outside the scope: all alike."""
        found = self.find(kind, key)
        if found is None:
            raise NotFound
        return found

    def find(self, kind: type[R], key: str) -> R | None:
        self.prefetch((kind, key))
        path = staging.path_of(kind, key)
        if (staged := self._staged.get(path)) is not None:
            return None if staged.removed else staged.record  # type: ignore[return-value]  # the path names the kind
        return self._open(kind, snapshot) if (snapshot := self._read[path]) else None

    def find_many(self, kind: type[R], keys: Sequence[str]) -> list[R]:
        """Those that exist and may be seen, in the order asked for, in one round trip."""
        self.prefetch(*((kind, key) for key in keys))
        return [one for key in keys if (one := self.find(kind, key)) is not None]

    def prefetch(self, *wanted: tuple[type[Record], str]) -> None:
        """Read several records at once; the reads that follow are answered from memory."""
        paths = [staging.path_of(kind, key) for kind, key in wanted]
        known = self._read.keys() | self._staged.keys()
        missing = [path for path in dict.fromkeys(paths) if path not in known]
        if missing:
            self._read |= self._documents.read(missing)

    def select(self, kind: type[R], query: Query, *, to_change: bool = False) -> list[R]:
        """The tenant's records that match and may be seen; one that cannot be read hides no other.
        `query.collection` is set here. `to_change`: they may be staged without being read once more."""
        found = self._documents.query(staging.of_tenant(self._actor.tenant_id, kind, query))
        self._read |= {one.path: one for one in found} if to_change else {}
        return [one for snapshot in found if (one := self._readable(kind, snapshot)) is not None]

    def count(self, kind: type[Record], query: Query) -> int:
        """How many of the tenant's match, at most `limit`; the filter must leave only what may be seen."""
        return self._documents.count(staging.of_tenant(self._actor.tenant_id, kind, query))

    def activity(self, record: Record, after: int, limit: int) -> list[Activity]:
        """Lines after that number, oldest first; read by their numbers, which have no gaps."""
        paths = staging.line_paths(record, after, limit)
        found = self._documents.read(paths) if paths else {}
        return [staging.read_line(record, path, found[path], self._codec) for path in paths]

    # Writing

    def create(self, record: R, did: str = "", *, effects: Sequence[Effect] = (), **details: Any) -> R:
        """Stage a record that must not exist yet; raises AlreadyThere once that is known."""
        path = staging.path_of(type(record), record.id)
        if self._careful or path in self._read:
            self.prefetch((type(record), record.id))
            if self._read[path] is not None:
                raise AlreadyThere
        return self._stage(path, MISSING, Decision(record, did, details, tuple(effects)))

    def change(self, kind: type[R], key: str, decide: Callable[[R], Decision[R] | None]) -> R:
        """Read, decide, stage. `decide` returns None where nothing is to change."""
        self._check_match(record := self.get(kind, key))
        return record if (decision := decide(record)) is None else self.apply(decision)

    def apply(self, decision: Decision[R]) -> R:
        """Stage what was decided about a record that was read, or read as missing."""
        self._check_match(decision.record)
        path = self._mine(decision.record)
        return self._stage(path, self._stamp(path), decision)

    def put(self, record: R) -> R:
        """Stage a record without a log: replaces what was read, creates what was read as missing,
        and overwrites blindly what was not read."""
        path = self._mine(record)
        stamp = self._stamp(path) if path in self._staged or path in self._read else None
        self._staged[path] = staging.Staged(record, stamp)
        return record

    def remove(self, record: Record) -> None:
        path = staging.path_of(type(record), record.id)
        self._staged[path] = staging.Staged(record, self._stamp(path), removed=True)

    def send(self, *effects: Effect) -> None:
        """Letters that belong to no single record's change."""
        self.effects.extend(effects)

    def _check_match(self, record: Record) -> None:
        """If-Match speaks of the first logged record that changes."""
        if self._if_match is not None and record.logged:
            if record.version != self._if_match:
                raise Stale
            self._if_match = None

    def _mine(self, record: Record) -> str:
        """Where it lies. Raises NotFound where one lies that is not this actor's to replace."""
        path = staging.path_of(type(record), record.id)
        known = path in self._staged or path in self._seen or self._read.get(path) is None
        if not known and self.find(type(record), record.id) is None:
            raise NotFound
        return path

    def _stamp(self, path: str) -> Any:
        if path in self._staged:
            return self._staged[path].stamp
        return MISSING if (snapshot := self._read[path]) is None else snapshot.stamp

    def _stage(self, path: str, stamp: Any, decision: Decision[R]) -> R:
        before = self._staged.get(path)
        version = before.record.version if before else decision.record.version
        record = decision.record.but(version=version + 1)
        line = [staging.line_of(record, decision, self._actor, self._now)] if record.logged else []
        self._staged[path] = staging.Staged(record, stamp, [*(before.lines if before else ()), *line])
        earlier: Any = before.record if before else self._seen.get(path)
        self.effects.extend((*decision.effects, *record.says(earlier)))
        self.figures |= decision.figures
        for one in staging.changed_beside(record, earlier):
            self.put(one)
        return record

    def _readable(self, kind: type[R], snapshot: Snapshot) -> R | None:
        try:
            return self._open(kind, snapshot)
        except ValueError as error:
            log.crash("record_not_readable", error)
            return None

    def _open(self, kind: type[R], snapshot: Snapshot) -> R | None:
        fields = snapshot.fields
        if fields.get("tenant_id") != self._actor.tenant_id:
            return None
        record = self._codec.decode(kind, fields)
        if not record.admits(self._actor, self._scope):
            return None
        if kind.logged:
            self._seen[snapshot.path] = record
        return record

    @property
    def known(self) -> Mapping[str, Snapshot | None]:
        return self._read

    @property
    def changed(self) -> bool:
        return bool(self._staged or self.effects)

    def spoken_of(self) -> tuple[str, ...]:
        """The logged records that were changed, or else those that were shown: for the audit."""
        return tuple(path for path, one in self._staged.items() if one.record.logged) or tuple(self._seen)

    def writes(self, token: str) -> list[Write]:
        """The staged records and their lines; each carries the token by which its writer knows it again."""
        return [write for path, one in self._staged.items() for write in one.writes(path, self._codec, token)]
