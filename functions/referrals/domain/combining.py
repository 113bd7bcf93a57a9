"""Which filters may be asked together, and in which order: what is not served well is refused with a reason.

Firestore joins the indexes of single equalities, however many there are. It joins no second list (positions,
groups, names), and it reads a range in the order of its field alone. Each row that is shown is then one
that is read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from shared.kernel.errors import FieldError, Invalid, NotAllowed
from shared.kernel.ports import Operator, Query

Direction = Literal["asc", "desc"]
Order = tuple[tuple[str, Direction], ...]
IN_LISTS_MAX: Final = 1


class CombinationNotServed(Invalid):
    """These filters and this order cannot be searched together: leave out what `errors` names."""


class NotYoursToAsk(NotAllowed):
    """Your company does not see what this filter asks about."""


@dataclass(frozen=True)
class Served:
    """An order, the field that a range may lie on, and the filters that may narrow it.

    `lists`: filters on fields with several values; one of them, with those in `beside` alone.
    """

    order: Order
    equals: frozenset[str]
    lists: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    ranges: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Narrow:
    """A filter that was asked for: its name in the request, and what it means in the store."""

    name: str
    field: str
    op: Operator
    value: Any


def query_of(
    kind: str, table: Mapping[str, Served], order_by: str, asked: Iterable[Narrow], always: Iterable[Narrow]
) -> Query:
    """`always`: what the order and the asker imply; it has an index wherever it is asked for.

    Raises CombinationNotServed with the filters to leave out.
    """
    wanted = tuple(asked)
    served = table.get(order_by)
    if served is None:
        known = ", ".join(repr(one) for one in table)
        raise CombinationNotServed(errors=[FieldError("/order_by", f"choose one of {known}")])
    errors = tuple(_unserved(served, order_by, wanted))
    if errors:
        raise CombinationNotServed(errors=errors)
    conditions = tuple((one.field, one.op, one.value) for one in (*always, *wanted))
    return Query(kind, conditions, (*served.order, ("id", served.order[-1][1])))


def _unserved(served: Served, order_by: str, wanted: tuple[Narrow, ...]) -> Iterable[FieldError]:
    lists = [one.name for one in wanted if one.name in served.lists]
    allowed = served.beside if lists else served.equals
    for name in lists[IN_LISTS_MAX:]:
        yield FieldError(f"/{name}", f"leave this out, or /{lists[0]}")
    for name in dict.fromkeys(one.name for one in wanted):
        if name in served.lists or name in served.ranges or name in allowed:
            continue
        if name in served.equals:
            yield FieldError(f"/{name}", f"leave this out, or /{lists[0]}")
        else:
            yield FieldError(f"/{name}", f"leave this out, or ask for another order than {order_by!r}")
