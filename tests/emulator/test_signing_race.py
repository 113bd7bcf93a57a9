"""Fifty doctors sign at the same instant: fifty numbers, none twice, none left out."""

import json

import pytest

from tests.bench.measured_world import MeasuredWorld
from tests.bench.signing import SIGNERS, all_sign, wrong_after

pytestmark = pytest.mark.emulator


def test_fifty_who_sign_at_once_take_fifty_numbers_without_a_gap(measured_world: MeasuredWorld) -> None:
    answers = all_sign(measured_world)
    assert [one.status for one in answers] == [200] * SIGNERS
    numbers = sorted(json.loads(one.body)["number"] for one in answers)
    assert numbers == [f"VM/2026/{number:06d}" for number in range(1, SIGNERS + 1)]
    assert wrong_after(measured_world) == []
