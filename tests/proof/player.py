"""Asks operations of one store and says what came of them in words that two stores can share.

Stamps are opaque and differ between stores, so versions are numbered in the order in which they were met.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from shared.kernel.ports import MISSING, Collision, Documents, OutcomeUnknown, Snapshot, Write
from tests.proof.lossy import Fate
from tests.proof.operations import COLLECTIONS, NAMES, Ask, Commit, Operation, Put, Read, is_impossible

NEVER_VALID: Final = 1_000_000_000
"""A stamp that no version has: a second after 1970."""
REFUSED: Final = "refused"
STUMBLED: Final = "stumbled:"
EVERYTHING: Final = Read(tuple(f"{one}/{name}" for one in COLLECTIONS for name in NAMES))


class Player:
    """`fates` is where the store's line looks for what to do with the next commit. `place` goes before the
    name of every collection, so that many players may share a store."""

    def __init__(self, documents: Documents, fates: list[Fate], place: str) -> None:
        self._documents = documents
        self._fates = fates
        self._place = place
        self._met: dict[str, list[Any]] = {}

    def outcomes(self, operations: Sequence[Operation]) -> list[str]:
        """One a step, and at the end all that is there."""
        return [self._outcome(one) for one in (*operations, EVERYTHING)]

    def _outcome(self, operation: Operation) -> str:
        try:
            match operation:
                case Commit():
                    return self._commit(operation)
                case Read(paths):
                    found = self._documents.read([self._place + path for path in paths])
                    return ", ".join(self._told(path, one) for path, one in found.items())
                case Ask(query):
                    asked = replace(query, collection=self._place + query.collection)
                    rows = ", ".join(self._told(one.path, one) for one in self._documents.query(asked))
                    return f"{self._documents.count(asked)} match: {rows}"
        except Collision:
            return "collision"
        except OutcomeUnknown:
            return "unknown"
        except Exception as problem:  # whatever a store says to what cannot be asked of it
            return REFUSED if is_impossible(operation) else f"{STUMBLED} {problem!r}"

    def _commit(self, commit: Commit) -> str:
        writes = [self._write(put) for put in commit.writes]
        self._fates.append(commit.fate)
        try:
            stamps = self._documents.commit(writes)
        finally:
            self._fates.clear()
        pairs = zip(writes, stamps, strict=True)
        versions = ["-" if one.fields is None else self._version(one.path, stamp) for one, stamp in pairs]
        return f"held {versions}"

    def _write(self, put: Put) -> Write:
        path = self._place + put.path
        if not isinstance(put.expects, int):
            return Write(path, put.fields, MISSING if put.expects == MISSING else None)
        met = self._met.get(path, [])
        back = put.expects
        return Write(path, put.fields, met[-1 - back] if back < len(met) else NEVER_VALID)

    def _told(self, path: str, snapshot: Snapshot | None) -> str:
        if snapshot is None:
            return f"{path.removeprefix(self._place)} is not there"
        version = self._version(path, snapshot.stamp)
        return f"{path.removeprefix(self._place)} v{version} {spelled(snapshot.fields)}"

    def _version(self, path: str, stamp: Any) -> int:
        met = self._met.setdefault(path, [])
        if stamp in met[:-1]:
            return met.index(stamp)  # an older one came back
        if stamp not in met:
            met.append(stamp)
        return len(met) - 1


def is_right(operation: Operation, outcome: str) -> bool:
    """Whether no store stumbled; two that do so alike are both wrong."""
    return outcome == REFUSED if is_impossible(operation) else not outcome.startswith(STUMBLED)


def spelled(item: Any) -> str:
    """A value with its types, the same for equal values only."""
    if isinstance(item, Mapping):
        return "{" + ", ".join(f"{name!r}: {spelled(one)}" for name, one in sorted(item.items())) + "}"
    if isinstance(item, list):
        return "[" + ", ".join(map(spelled, item)) + "]"
    return repr(item)
