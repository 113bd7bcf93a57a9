"""Many hands on one package while replies of Firestore are lost: no unit is had twice, none is lost."""

import os

import pytest

from tests.proof.lossy import hardly_lost
from tests.proof.packages import LOSS, raced


@pytest.mark.emulator
def test_the_units_of_a_package_add_up_whatever_is_lost() -> None:
    if not os.environ.get("FIRESTORE_EMULATOR_HOST"):
        pytest.skip("FIRESTORE_EMULATOR_HOST is not set: run ./emulator.sh test")
    outcome = raced(operations=120, hands=8, seed=1)
    assert outcome.violations == []
    assert outcome.referrals > 20
    assert hardly_lost(outcome.losses, LOSS) == []
