"""Two people write at once on the Firestore emulator; `./emulator.sh proof chat` does it at length."""

import os

import pytest

from tests.proof.chat import talk, wrong

pytestmark = pytest.mark.emulator

SHARE = 100


def test_two_who_write_at_once_lose_and_double_nothing() -> None:
    if not os.environ.get("FIRESTORE_EMULATOR_HOST"):
        pytest.skip("FIRESTORE_EMULATOR_HOST is not set: run ./emulator.sh test")
    found = talk(SHARE, seed=1)
    assert wrong(found, SHARE) == []
    assert found.reconnections > 0
