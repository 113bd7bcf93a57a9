"""Random queries: whatever the port allows, with filters, orders, cursors and limits that bite."""

from collections.abc import Sequence
from random import Random
from typing import Any, Final, Literal

from shared.kernel.ports import Operator, Query

NUMBERS: Final = (1, 2, 2.0, 3, None)
TAGS: Final = ("r", "g", "b")
RANGES: Final = ("<", "<=", ">", ">=")
LIMITS: Final = (1, 2, 3, 100)


def query_of(chance: Random, collection: str, names: Sequence[str], values: Sequence[Any]) -> Query:
    """`values` are what the field `any` may hold."""
    pools = {"rank": NUMBERS, "open": (True, False), "id": names, "any": values}
    fields = chance.sample(("rank", "open", "any", "tags"), chance.choice((0, 1, 1, 2)))
    where = [_filter(chance, name, pools.get(name, TAGS)) for name in fields]
    ranged = [one for one in where if one[1] in RANGES]
    where = [one for one in where if one not in ranged[1:]]  # an index has one range
    first = [name for name, _, _ in ranged[:1]]
    if not first and chance.random() < 0.6:
        first = [chance.choice(("rank", "any", "open"))]
    order = tuple((name, _direction(chance)) for name in (*first, "id"))
    after = tuple(chance.choice(pools[name]) for name, _ in order) if chance.random() < 0.3 else ()
    return Query(collection, tuple(where), order, after, chance.choice(LIMITS))


def _filter(chance: Random, name: str, pool: Sequence[Any]) -> tuple[str, Operator, Any]:
    if name == "tags":
        if chance.random() < 0.5:
            return name, "array_contains", chance.choice(pool)
        return name, "array_contains_any", chance.sample(pool, chance.randint(1, len(pool)))
    ops: tuple[Operator, ...] = ("==", "==", "<", "<=", ">", ">=", "in")
    op = chance.choice(ops)
    known = [one for one in pool if one is not None]
    if op == "in":
        return name, op, [chance.choice(known) for _ in range(chance.randint(1, 3))]
    return name, op, chance.choice(pool if op == "==" else known)


def _direction(chance: Random) -> Literal["asc", "desc"]:
    return chance.choice(("asc", "desc"))
