"""Operations on a document store as data: random ones, that can be asked of any store one after another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any, Final, Literal

from shared.kernel.ports import Fields, Query
from tests.proof.lossy import Fate
from tests.proof.queries import NUMBERS, TAGS, query_of

OPERATIONS_MAX: Final = 25
WRITES_MAX: Final = 4
MISTAKES: Final = 0.12
"""The share of writes that expect another version than is there."""

COLLECTIONS: Final = ("things", "others", "things/a/lines")
SHARES: Final = (7, 1, 2)
NAMES: Final = ("a", "b", "c", "d", "e", "f")
ALIKE: Final[tuple[Any, ...]] = (False, 0, 0.0, True, 1, 1.0, None, "1")
"""What a careless store takes for the same."""
VALUES: Final[tuple[Any, ...]] = (
    *ALIKE * 3, -1, 1.5, 2**60, "", "a", "ą", "Z", "\U0001f600", "\uffee", b"", b"a",
    datetime(2026, 3, 29, 1, 0, tzinfo=UTC), datetime(2026, 3, 29, 1, 0, 0, 1, tzinfo=UTC),
    [], [1], [1.0, "a"], ["a"], ("a", None), {}, {"x": 1}, {"x": 1, "a": None}, {"x": {"y": [True]}},
)  # fmt: skip
IMPOSSIBLE: Final[tuple[Any, ...]] = ([[1]], {1}, 2**63, {"": 1})
"""No document can hold these."""


@dataclass(frozen=True)
class Put:
    """One write. `expects`: so many versions back from the last that this player met; or as in `Write`."""

    path: str
    fields: Fields | None
    expects: int | Literal["missing"] | None


@dataclass(frozen=True)
class Commit:
    writes: tuple[Put, ...]
    fate: Fate


@dataclass(frozen=True)
class Read:
    paths: tuple[str, ...]


@dataclass(frozen=True)
class Ask:
    query: Query


Operation = Commit | Read | Ask


def is_impossible(operation: Operation) -> bool:
    """What every store must refuse, and nothing else."""
    return isinstance(operation, Commit) and any(
        "impossible" in (put.fields or {}) for put in operation.writes
    )


def sequence_of(seed: int) -> list[Operation]:
    chance = Random(seed)
    there: set[str] = set()
    return [_operation(chance, there) for _ in range(chance.randint(5, OPERATIONS_MAX))]


def _operation(chance: Random, there: set[str]) -> Operation:
    match chance.choices(("commit", "read", "ask"), (5, 2, 3))[0]:
        case "commit":
            return _commit(chance, there)
        case "read":
            return Read(tuple(_path(chance) for _ in range(chance.randint(1, 5))))
        case _:
            return Ask(query_of(chance, _collection(chance), NAMES, VALUES))


def _commit(chance: Random, there: set[str]) -> Commit:
    """`there` is what is probably there: an unlucky commit leaves it wrong, and the next ones with it."""
    fate = chance.choices((Fate.HOLDS, Fate.REPLY_LOST, Fate.REQUEST_LOST), (8, 1, 1))[0]
    paths = {_path(chance): None for _ in range(chance.randint(1, WRITES_MAX))}
    puts = tuple(_put(chance, path, path in there) for path in paths)
    if is_impossible(Commit(puts, fate)):
        return Commit(puts, Fate.HOLDS)
    if fate != Fate.REQUEST_LOST:
        there.update(put.path for put in puts if put.fields is not None)
        there.difference_update(put.path for put in puts if put.fields is None)
    return Commit(puts, fate)


def _put(chance: Random, path: str, is_there: bool) -> Put:
    expects: Any = chance.choice((0, 0, 0, None)) if is_there else chance.choice(("missing", "missing", None))
    if chance.random() < MISTAKES:
        expects = chance.choice(("missing", 0, 1, 2))
    if expects != "missing" and chance.random() < 0.15:
        return Put(path, None, expects)
    return Put(path, _fields(chance, path), expects)


def _fields(chance: Random, path: str) -> Fields:
    possible: dict[str, Any] = {
        "rank": chance.choice(NUMBERS),
        "open": chance.random() < 0.5,
        "any": chance.choice(VALUES),
        "tags": chance.sample(TAGS, chance.randint(0, 2)),
    }
    named = {name: one for name, one in possible.items() if chance.random() < 0.85}
    if chance.random() < 0.02:
        named["impossible"] = chance.choice(IMPOSSIBLE)
    return {"id": path.rpartition("/")[2], **named}


def _path(chance: Random) -> str:
    return f"{_collection(chance)}/{chance.choice(NAMES)}"


def _collection(chance: Random) -> str:
    names: Sequence[str] = COLLECTIONS
    return chance.choices(names, SHARES)[0]
