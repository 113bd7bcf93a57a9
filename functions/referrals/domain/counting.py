"""Totals: how many rows a search has, up to a bound, and whether the number is the whole truth."""

from dataclasses import replace
from typing import Any, Final, Protocol

from functions.referrals.domain.names import NameBeginning, is_decided_by_key
from shared.kernel.ports import Query
from shared.kernel.records import Record, Value

COUNT_MAX: Final = 10_000
"""Ten reads; nobody pages through more."""


class Counter(Protocol):
    def count(self, kind: type[Record], query: Query) -> int: ...


class Counted(Value):
    """`more`: there are more than `total`. `exact`: false where several words of a name were asked for: then
    all are counted whose name begins with the first."""

    total: int
    more: bool
    exact: bool


def counted(store: Counter, kind: type[Record], query: Query, name: NameBeginning | None) -> dict[str, Any]:
    """The fields of a `Counted`."""
    total = store.count(kind, replace(query, limit=COUNT_MAX + 1))
    more = total > COUNT_MAX
    exact = not more and (name is None or is_decided_by_key(name))
    return {"total": min(total, COUNT_MAX), "more": more, "exact": exact}
