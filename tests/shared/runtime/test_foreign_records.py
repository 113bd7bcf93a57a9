"""A record of another tenant under the same id is as if it were not there, and stays as it is."""

from collections.abc import Callable
from typing import ClassVar

import pytest

from shared.kernel.actors import Scope
from shared.kernel.errors import NotFound
from shared.kernel.records import Decision, Record
from shared.runtime.ledger import Ledger
from tests.world import OPERATOR, TENANT, World


class Box(Record):
    kind: ClassVar[str] = "boxes"

    size: int = 1


MINE = Box(id="b", tenant_id=TENANT)


def applied(store: Ledger) -> None:
    store.apply(Decision(MINE, "made"))


def put(store: Ledger) -> None:
    store.put(MINE)


def ledger(world: World) -> Ledger:
    wired = world.wiring
    return Ledger(wired.documents, wired.codec, OPERATOR, Scope.TENANT, world.clock.now())


@pytest.mark.parametrize("written", [applied, put])
def test_it_is_not_replaced_by_who_reads_it_as_missing(
    world: World, written: Callable[[Ledger], None]
) -> None:
    world.given(Box(id="b", tenant_id="t-other", size=7))
    store = ledger(world)
    assert store.find(Box, "b") is None
    with pytest.raises(NotFound):
        written(store)
    assert not store.changed


@pytest.mark.parametrize("written", [applied, put])
def test_what_is_missing_can_be_made(world: World, written: Callable[[Ledger], None]) -> None:
    store = ledger(world)
    assert store.find(Box, "b") is None
    written(store)
    assert next(one.path for one in store.writes("token")) == "boxes/b"
