"""Values as Firestore keeps and compares them, for the embedded store.

What a document may hold, and the one order of all values, whatever their kind:
https://firebase.google.com/docs/firestore/manage-data/data-types
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from shared.kernel.ports import Fields

INTEGER_MAX: Final = 2**63 - 1


def kept(fields: Fields) -> dict[str, Any]:
    """A copy, as it will be read. Raises ValueError or TypeError for what no document can hold."""
    if "" in fields:
        raise ValueError("a field needs a name")
    return {name: _kept(item) for name, item in fields.items()}


def rank(item: Any) -> tuple[int, Any]:
    """Where a value stands among all others: first its kind, then itself. Equal values are equal here only
    when they are of one kind: 1 is 1.0, but it is not True."""
    match item:
        case None:
            return 0, 0
        case bool():  # before numbers, of which it is one
            return 1, item
        case int() | float():
            return 2, item
        case datetime():
            return 3, item
        case str():
            return 4, item.encode()
        case bytes():
            return 5, item
        case Mapping():
            return 7, tuple((name.encode(), rank(item[name])) for name in sorted(item))
        case _:
            return 6, tuple(map(rank, item))


def same(one: Any, other: Any) -> bool:
    """Whether writing the other in the place of the one changes nothing. Both as they are kept."""
    if one != other:
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return all(same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return all(map(same, one, other))
    return type(one) is type(other)


def _kept(item: Any) -> Any:
    match item:
        case None | bool() | float() | str() | bytes():
            return item
        case int():
            if not -INTEGER_MAX - 1 <= item <= INTEGER_MAX:
                raise ValueError("an integer has 64 bits")
            return item
        case datetime():
            return item.astimezone(UTC)
        case Mapping():
            return kept(item)
        case list() | tuple():
            if any(isinstance(one, (list, tuple)) for one in item):
                raise ValueError("a list cannot hold a list")
            return [_kept(one) for one in item]
    raise TypeError(f"{type(item).__name__} has no place in a document")
