"""What the matrix asks of what employers keep and are told: lists, searches, imports, exports, reminders."""

from datetime import timedelta
from typing import Any

from functions.referrals.domain.asked import Asked
from functions.referrals.domain.digest import ReminderDigest
from functions.referrals.domain.employee_import import EmployeeImport, ImportPortion, ImportStatus
from functions.referrals.domain.export import SearchExport
from functions.referrals.domain.fitness import NextDueReason
from functions.referrals.domain.referral_search import ReferralFilter
from functions.referrals.domain.reminders import Reminder, ReminderSettings
from functions.referrals.domain.saved_view import SavedView
from shared.kernel.records import Record
from shared.runtime.wiring import Wiring
from tests.authorization.parties import Ask, Asks, Party, listed, named, told
from tests.outside import START

DAY = START.date()
ALL = Asked(referrals=ReferralFilter()).model_dump_json(exclude_none=True)
PERSON: dict[str, Any] = {
    "given_name": "Jan",
    "family_name": "Testowy",
    "birth_date": "1991-02-03",
    "identifier_system": "passport-UA",
    "identifier": "FX123456",
    "positions": ["spawacz"],
}


def records(it: Party, wiring: Wiring) -> list[Record]:
    tenant, due = it.tenant_id, START + timedelta(hours=1)
    return [
        ReminderSettings(id=it.id("employer"), tenant_id=tenant, language="en"),
        Reminder(
            id=it.id("reminder"), tenant_id=tenant, employer_id=it.employer, employee_id=it.id("worker"),
            certificate_id=it.id("fitness"), reason=NextDueReason.PERIODIC, due_on=DAY, reached=(0,),
            found_on=DAY, digest_id=it.id("digest"),
        ),
        ReminderDigest(
            id=it.id("digest"), tenant_id=tenant, employer_id=it.employer, day=DAY, rows=1, more=False,
            failed=True,
        ),
        EmployeeImport(
            id=it.id("import"), tenant_id=tenant, employer_id=it.employer, file_format="csv", size=10,
            status=ImportStatus.READING, announced_at=START, due_at=due,
        ),
        ImportPortion(id=it.id("portion"), tenant_id=tenant, import_id=it.id("import")),
        SearchExport(
            id=it.id("export"), tenant_id=tenant, employer_id=it.employer,
            what="referrals", asked_json=ALL, day=DAY, expected=0, asked_at=START, due_at=due,
        ),
        SavedView(
            id=it.id("view"), tenant_id=tenant, owner_id=it.employer, name="Wszystkie", filters_json=ALL,
            saved_at=START,
        ),
    ]  # fmt: skip


ASKS: Asks = {
    "add_employee": listed(shows=False, **PERSON),
    "chase_export": told(lambda it: {"export_id": it.id("export")}),
    "chase_import": told(lambda it: {"import_id": it.id("import")}),
    "check_promises": listed(shows=False),
    "check_referrals": told(lambda _: {"since": str(DAY), "until": str(DAY), "day": str(DAY)}),
    "check_reminders": told(lambda _: {"since": str(DAY), "day": str(DAY)}),
    "check_units": told(lambda _: {"day": str(DAY)}),
    "choose_reminders": (Ask(lambda _: {"thresholds": [30]}, names="caller", shows=False),),
    "close_digest": told(lambda it: {"digest_id": it.id("digest")}),
    "count_certificates": listed(shows=False),
    "count_referrals": listed(shows=False),
    "end_employment": (Ask(lambda it: {"employee_id": it.id("employee"), "until": "2026-12-31"}),),
    "export_rows": told(lambda it: {"export_id": it.id("export"), "step": 9}),
    "finish_import": named("import"),
    "import_employees": listed(shows=False, file_format="csv", size=10),
    "list_employees": listed(),
    "list_failed_digests": listed(),
    "list_views": listed(shows=False),
    "read_employees": told(lambda it: {"import_id": it.id("import"), "portion": 9}),
    "read_export": named("export"),
    "read_import": named("import"),
    "read_reminders": listed(shows=False),
    "remove_view": named("view"),
    "round_of_digests": told(lambda _: {"day": "2026-11-24"}),
    "save_view": listed(shows=False, name="Wszystkie", referrals={}),
    "scan_expiries": listed(shows=False),
    "scan_shard": told(lambda _: {"day": "2026-11-24", "shard": 0}),
    "search_certificates": listed(),
    "search_referrals": listed(),
    "send_digest": told(lambda it: {"employer_id": it.id("employer"), "day": "2026-11-24"}),
    "send_digests": listed(shows=False),
    "start_export": listed(shows=False, referrals={}),
    "sweep_exports": listed(shows=False),
    "sweep_imports": listed(shows=False),
    "try_next_contact": told(
        lambda it: {"letter_id": f"digest-{it.id('digest')}-1", "about": it.id("digest")}
    ),
}
