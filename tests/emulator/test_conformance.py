"""What passes in memory passes on the cloud: both stores answer random operations alike."""

import os

import pytest

from shared.adapters.memory import MemoryDocuments
from shared.kernel.ports import MISSING, Query, Snapshot, Write
from tests.proof.conformance import compared
from tests.proof.lossy import Fate
from tests.proof.operations import Ask, Commit, Put
from tests.proof.player import REFUSED, Player, is_right

SEQUENCES = 100


@pytest.mark.emulator
def test_memory_and_cloud_answer_random_operations_alike() -> None:
    if not os.environ.get("FIRESTORE_EMULATOR_HOST"):
        pytest.skip("FIRESTORE_EMULATOR_HOST is not set: run ./emulator.sh test")
    found = compared(SEQUENCES)
    assert found.differences == []
    assert found.steps[REFUSED] > 0


def test_stores_that_stumble_alike_are_both_wrong() -> None:
    class Stumbling(MemoryDocuments):
        def query(self, query: Query) -> list[Snapshot]:
            raise KeyError(query.collection)

    ask = Ask(Query("things", order=(("id", "asc"),)))
    (outcome, _) = Player(Stumbling(), [], "").outcomes([ask])
    assert not is_right(ask, outcome)


def test_what_no_document_can_hold_must_be_refused() -> None:
    impossible = Commit((Put("things/a", {"impossible": {1}}, None),), Fate.HOLDS)
    (outcome, _) = Player(MemoryDocuments(), [], "").outcomes([impossible])
    assert outcome == REFUSED
    assert not is_right(impossible, "held ['0']")


def test_a_batch_that_creates_a_document_twice_is_refused_in_memory_too() -> None:
    documents = MemoryDocuments()
    with pytest.raises(ValueError, match="once"):
        documents.commit([Write("things/a", {"x": 1}, MISSING), Write("things/a", {"x": 2}, MISSING)])
    assert documents.read(["things/a"]) == {"things/a": None}
