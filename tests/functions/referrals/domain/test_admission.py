"""Whom the records of lists, searches and reminders admit: staff, and the employer they belong to."""

from itertools import product

import pytest

from functions.referrals.domain.digest import ReminderDigest
from functions.referrals.domain.employee_import import EmployeeImport
from functions.referrals.domain.export import SearchExport
from functions.referrals.domain.reminders import ReminderSettings
from functions.referrals.domain.saved_view import SavedView
from shared.kernel.actors import STAFF, Actor, Role, Scope
from shared.kernel.records import Record
from tests.functions.referrals.people import HUTA, MLYN, TODAY
from tests.outside import START
from tests.world import TENANT

RECORDS: tuple[Record, ...] = (
    ReminderSettings(id=HUTA, tenant_id=TENANT),
    ReminderDigest(id="di-1", tenant_id=TENANT, employer_id=HUTA, day=TODAY, rows=1, more=False),
    EmployeeImport(
        id="im-1", tenant_id=TENANT, employer_id=HUTA, file_format="csv", size=1, announced_at=START,
        due_at=START,
    ),
    SearchExport(
        id="ex-1", tenant_id=TENANT, employer_id=HUTA, what="referrals", asked_json="{}", day=TODAY,
        expected=0, asked_at=START, due_at=START,
    ),
    SavedView(id="v-1", tenant_id=TENANT, owner_id=HUTA, name="x", filters_json="{}", saved_at=START),
)  # fmt: skip
STAFF_IN_ANY = {(role, scope) for role, scope in product(STAFF, Scope)}


def admitted(record: Record, record_id: str) -> set[tuple[Role, Scope]]:
    return {
        (role, scope)
        for role, scope in product(Role, Scope)
        if record.admits(Actor(role=role, tenant_id=TENANT, user_id="u", record_id=record_id), scope)
    }


@pytest.mark.parametrize("record", RECORDS, ids=lambda one: one.kind)
def test_a_record_admits_its_employer_and_staff(record: Record) -> None:
    assert admitted(record, HUTA) == STAFF_IN_ANY | {(Role.EMPLOYER, Scope.OWN)}
    assert admitted(record, MLYN) == STAFF_IN_ANY
    assert admitted(record, "") == STAFF_IN_ANY
