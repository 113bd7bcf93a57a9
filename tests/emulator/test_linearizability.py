"""Replies of Firestore are lost while doctors race: one is told "yours", it is true, and so is all else."""

import os

import pytest

from tests.proof.linearizability import DOCTORS, raced
from tests.proof.lossy import Fate

VISITS = 6


@pytest.mark.emulator
def test_one_is_told_yours_and_everybody_the_truth_while_replies_are_lost() -> None:
    if not os.environ.get("FIRESTORE_EMULATOR_HOST"):
        pytest.skip("FIRESTORE_EMULATOR_HOST is not set: run ./emulator.sh test")
    outcome = raced(VISITS, DOCTORS, seed=1)
    assert outcome.violations == []
    assert outcome.losses[Fate.REPLY_LOST] > VISITS
