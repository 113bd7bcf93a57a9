"""What these tests share: they need the Firestore emulator, and skip where there is none."""

import os

import pytest

from tests.bench.measured_world import MeasuredWorld


@pytest.fixture
def measured_world() -> MeasuredWorld:
    """A world on an empty Firestore of its own, under the meter."""
    if not os.environ.get("FIRESTORE_EMULATOR_HOST"):
        pytest.skip("FIRESTORE_EMULATOR_HOST is not set: run ./emulator.sh test")
    return MeasuredWorld()
