"""The meter counts what is billed, and what waits for what."""

import pytest

from shared.kernel.ports import MISSING, Collision, Query, Write
from tests.bench.measured_world import MeasuredWorld
from tests.bench.meter import Rpc, Tally


def rpc(began: float, ended: float, method: str = "BatchGetDocuments") -> Rpc:
    return Rpc(method, began, ended)


def test_calls_that_overlap_are_one_step() -> None:
    assert Tally([rpc(0, 2), rpc(1, 3), rpc(1, 2)]).depth == 1


def test_the_longest_chain_is_the_depth() -> None:
    assert Tally([rpc(0, 1), rpc(0, 9), rpc(1, 2), rpc(3, 4)]).depth == 3


def test_no_calls_are_no_depth() -> None:
    assert Tally().depth == 0


@pytest.mark.emulator
def test_missing_documents_and_empty_queries_are_billed(measured_world: MeasuredWorld) -> None:
    store = measured_world.wiring.documents
    store.commit([Write("things/a", {"id": "a"})])
    with measured_world.meter.counting() as tally:
        store.read(["things/a", "things/b", "things/c"])
        store.query(Query("nothings", order=(("id", "asc"),)))
    assert [one.reads for one in tally().rpcs] == [3, 1]
    assert tally().depth == 2


@pytest.mark.emulator
def test_a_commit_that_failed_wrote_nothing(measured_world: MeasuredWorld) -> None:
    store = measured_world.wiring.documents
    with measured_world.meter.counting() as tally:
        store.commit([Write("things/a", {"id": "a"}), Write("things/b", {"id": "b"})])
        with pytest.raises(Collision):
            store.commit([Write("things/a", {"id": "a"}, MISSING)])
    assert (len(tally().rpcs), tally().writes) == (2, 2)
