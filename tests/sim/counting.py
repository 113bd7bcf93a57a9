"""What a telling was about, counted in the store: where nothing works, there is nothing to break either."""

from collections import Counter
from collections.abc import Callable

from functions.house_visits.domain.visit import Visit
from shared.kernel.ports import Query
from shared.kernel.records import Record
from tests.sim.judge import ROWS_MAX, all_of
from tests.sim.machine import Machine

Ends = Counter[str]


def searches(machine: Machine) -> Ends:
    """The visits that doctors were asked for, by how they ended."""
    return Counter(one.status.value for one in all_of(machine, Visit) if _was_searched_for(machine, one))


def _was_searched_for(machine: Machine, visit: Visit) -> bool:
    lines = machine.store.query(Query(f"{Visit.kind}/{visit.id}/activity", limit=ROWS_MAX))
    return any(one.fields["did"] == "search_started" for one in lines)


def records(kind: type[Record]) -> Callable[[Machine], Ends]:
    """Each that there is, by its state where it has one."""
    return lambda machine: Counter(str(getattr(one, "status", kind.kind)) for one in all_of(machine, kind))


def nothing(machine: Machine) -> Ends:
    return Counter()
