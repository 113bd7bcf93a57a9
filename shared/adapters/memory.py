"""The embedded store, queue and topics: the same promises as the cloud's, in one process."""

import threading
from collections.abc import Mapping, Sequence
from typing import Any

from shared.adapters.memory_values import kept, rank, same
from shared.kernel.ports import MISSING, Collision, Fields, Query, Snapshot, Task, Write


class MemoryDocuments:
    """Documents in a dictionary. Stamps are numbers that rise with every write that changes something.

    tests/proof/conformance.py holds it against Firestore.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._stored: dict[str, tuple[int, dict[str, Any]]] = {}
        self._inside: dict[str, dict[str, None]] = {}  # the paths of each collection
        self._next = 1

    def read(self, paths: Sequence[str]) -> dict[str, Snapshot | None]:
        with self._lock:
            return {path: self._snapshot(path) for path in paths}

    def commit(self, writes: Sequence[Write]) -> list[Any]:
        if len({write.path for write in writes}) < len(writes):
            raise ValueError("a batch writes a document once")
        given = [self._kept(write) for write in writes]
        with self._lock:
            for write in writes:
                self._check(write)
            return [self._apply(write, fields) for write, fields in zip(writes, given, strict=True)]

    def query(self, query: Query) -> list[Snapshot]:
        with self._lock:
            inside = self._inside.get(query.collection, {})
            paths = [path for path in inside if _matches(self._stored[path][1], query)]
            found = [one for path in paths if (one := self._snapshot(path))]
        for name, direction in reversed(query.order):
            found.sort(key=lambda one: rank(one.fields[name]), reverse=direction == "desc")
        if query.after:
            found = [one for one in found if _is_after(one.fields, query)]
        return found[: query.limit]

    def count(self, query: Query) -> int:
        with self._lock:
            inside = self._inside.get(query.collection, {})
            return min(query.limit, sum(_matches(self._stored[path][1], query) for path in inside))

    def clear(self) -> None:
        with self._lock:
            self._stored.clear()
            self._inside.clear()

    def _snapshot(self, path: str) -> Snapshot | None:
        stored = self._stored.get(path)
        return Snapshot(path, kept(stored[1]), stored[0]) if stored else None

    def _check(self, write: Write) -> None:
        stored = self._stored.get(write.path)
        if write.expects == MISSING:
            if stored:
                raise Collision(write.path)
        elif write.expects is not None and (stored is None or stored[0] != write.expects):
            raise Collision(write.path)

    def _apply(self, write: Write, given: dict[str, Any]) -> int:
        """The new stamp; the old one where nothing has changed, as Firestore has it."""
        stamp, before = self._stored.get(write.path, (0, {}))
        inside = self._inside.setdefault(write.path.rpartition("/")[0], {})
        if write.fields is None:
            self._stored.pop(write.path, None)
            inside.pop(write.path, None)
            return 0
        inside[write.path] = None
        # An update leaves fields alone that it does not name, as Firestore's does.
        held = write.expects is not None and write.expects != MISSING
        after = before | given if held else given
        if not stamp or not same(before, after):
            self._next += 1
            stamp = self._next
        self._stored[write.path] = (stamp, after)
        return stamp

    def _kept(self, write: Write) -> dict[str, Any]:
        """A copy of its own: whoever wrote it may change theirs."""
        return kept(write.fields or {})


def _matches(fields: Fields, query: Query) -> bool:
    for name, _ in query.order:
        if name not in fields:
            return False  # as in Firestore: what lacks the field is not in the index
    return all(name in fields and _holds(fields[name], op, value) for name, op, value in query.where)


def _holds(item: Any, op: str, value: Any) -> bool:
    match op:
        case "==":
            is_text = type(item) is type(value) is str
            return bool(item == value) and (is_text or rank(item) == rank(value))
        case "in":
            return rank(item) in map(rank, value)
        case "array_contains":
            return isinstance(item, list) and rank(value) in map(rank, item)
        case "array_contains_any":
            return isinstance(item, list) and any(rank(one) in map(rank, item) for one in value)
    mine, theirs = rank(item), rank(value)
    if mine[0] != theirs[0]:
        return False  # a range holds values of one kind
    return bool({"<": mine < theirs, "<=": mine <= theirs, ">": mine > theirs, ">=": mine >= theirs}[op])


def _is_after(fields: Fields, query: Query) -> bool:
    for (name, direction), last in zip(query.order, query.after, strict=True):
        mine, theirs = rank(fields[name]), rank(last)
        if mine != theirs:
            return (mine > theirs) == (direction == "asc")
    return False


class MemoryQueue:
    """Tasks in the order they fall due; names are remembered for ever, so none runs for two things."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._names: set[str] = set()
        self.pending: list[Task] = []

    def add(self, task: Task) -> None:
        with self._lock:
            if task.name not in self._names:
                self._names.add(task.name)
                self.pending.append(task)

    def take_due(self, now: Any) -> list[Task]:
        with self._lock:
            due = sorted((one for one in self.pending if one.at <= now), key=lambda one: (one.at, one.name))
            self.pending = [one for one in self.pending if one.at > now]
        return due


class MemoryTopics:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.waiting: list[tuple[str, bytes]] = []

    def publish(self, topic: str, body: bytes, attributes: Mapping[str, str]) -> None:
        with self._lock:
            self.waiting.append((topic, body))

    def take(self) -> list[tuple[str, bytes]]:
        with self._lock:
            taken, self.waiting = self.waiting, []
        return taken
