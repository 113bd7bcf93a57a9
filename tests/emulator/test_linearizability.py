"""Replies of Firestore are lost while doctors race: one is told "yours", it is true, and so is all else."""

import os
from collections import Counter

import pytest

from tests.proof.linearizability import DOCTORS, raced
from tests.proof.lossy import Fate, hardly_lost

VISITS = 6


@pytest.mark.emulator
def test_one_is_told_yours_and_everybody_the_truth_while_replies_are_lost() -> None:
    if not os.environ.get("FIRESTORE_EMULATOR_HOST"):
        pytest.skip("FIRESTORE_EMULATOR_HOST is not set: run ./emulator.sh test")
    outcome = raced(VISITS, DOCTORS, seed=1)
    assert outcome.violations == []
    assert (
        outcome.losses[Fate.REPLY_LOST] >= VISITS
    )  # few draws, fixed by the seed: the share is for the long run


@pytest.mark.parametrize("replies", [0, 12, 100])
def test_a_line_that_loses_hardly_a_reply_proves_nothing(replies: int) -> None:
    assert hardly_lost(Counter({Fate.HOLDS: 1000 - replies, Fate.REPLY_LOST: replies}), 0.2)


def test_a_line_that_loses_its_share_or_was_asked_for_none_will_do() -> None:
    assert hardly_lost(Counter({Fate.HOLDS: 820, Fate.REPLY_LOST: 180}), 0.2) == []
    assert hardly_lost(Counter({Fate.HOLDS: 1000}), 0.0) == []


def test_nothing_is_proved_where_nothing_was_committed() -> None:
    assert hardly_lost(Counter(), 0.2)
