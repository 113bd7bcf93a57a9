"""Every kind of record admits whom docs/records.md says, and nobody else."""

import pytest

from functions.referrals.domain.employment import Employee
from shared.kernel.actors import Actor, Role, Scope
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


def test_who_stands_for_no_record_is_not_the_employee_of_whom_none_is_known() -> None:
    unknown = records.examples(OWN)[Employee.kind][0].but(patient_id="")
    nobody = Actor(role=Role.PATIENT, tenant_id=unknown.tenant_id, user_id="somebody")
    assert not unknown.admits(nobody, Scope.OWN)
