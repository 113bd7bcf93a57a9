"""Every kind of record admits whom docs/records.md says, and nobody else."""

import pytest

from tests.authorization import records
from tests.authorization.parties import OWN

LINES = records.FILE.read_text().splitlines()
KINDS = [line.split("`")[1] for line in LINES if line.startswith("| `")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_admits_whom_the_table_says(kind: str) -> None:
    """Changed on purpose: python -m tests.authorization.records --write."""
    assert records.row(kind) in LINES


def test_every_kind_stands_in_the_table() -> None:
    assert sorted(records.examples(OWN)) == KINDS
