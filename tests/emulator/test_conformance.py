"""What passes in memory passes on the cloud: both stores answer random operations alike."""

import os

import pytest

from shared.adapters.memory import MemoryDocuments
from shared.kernel.ports import MISSING, Write
from tests.proof.conformance import compared

SEQUENCES = 100


@pytest.mark.emulator
def test_memory_and_cloud_answer_random_operations_alike() -> None:
    if not os.environ.get("FIRESTORE_EMULATOR_HOST"):
        pytest.skip("FIRESTORE_EMULATOR_HOST is not set: run ./emulator.sh test")
    assert compared(SEQUENCES).differences == []


def test_a_batch_that_creates_a_document_twice_is_refused_in_memory_too() -> None:
    documents = MemoryDocuments()
    with pytest.raises(ValueError, match="once"):
        documents.commit([Write("things/a", {"x": 1}, MISSING), Write("things/a", {"x": 2}, MISSING)])
    assert documents.read(["things/a"]) == {"things/a": None}
