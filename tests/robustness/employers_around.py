"""What employers keep, on file for the robustness run: an import, an export, saved searches, certificates."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from functions.referrals.domain.asked import Asked
from functions.referrals.domain.employee_import import EmployeeImport, ImportStatus
from functions.referrals.domain.export import SearchExport
from functions.referrals.domain.referral_search import ReferralFilter
from functions.referrals.domain.saved_view import SavedView
from shared.kernel.records import Record
from tests.outside import START
from tests.world import OPERATOR, TENANT, World

LATER: Final = START + timedelta(hours=1)
ALL: Final = Asked(referrals=ReferralFilter()).model_dump_json(exclude_none=True)
VIEWS: Final = tuple(f"view-{number}" for number in range(1, 6))


def employers_around(world: World, firm: str) -> Mapping[str, list[Any]]:
    """What fits the operations, by the names that the robustness run goes by."""
    world.given(*_kept(firm))
    return {
        "import_id": ["im-1"], "export_id": ["ex-1"], "view_id": [*VIEWS], "name": ["ma", "Łu"],
        "identifier_system": ["passport-UA", "pl-pesel"], "identifier": ["FX123456", "88050200007"],
        "file_format": ["csv", "xlsx"], "thresholds": [[30, 0], []], "contacts": [["hr@example.org"]],
        "referrals": [{}, {"name": "ma"}], "certificates": [None, None, None, {"expiring_within_days": 30}],
        "order_by": ["-issued_at", "next_due_on", "department,next_due_on"], "until": ["2026-12-31"],
    }  # fmt: skip


def _kept(firm: str) -> list[Record]:
    views = [
        (one, owner) for one, owner in zip(VIEWS, (firm, firm, firm, OPERATOR.user_id, firm), strict=True)
    ]
    return [
        EmployeeImport(
            id="im-1", tenant_id=TENANT, employer_id=firm, file_format="csv", size=10,
            status=ImportStatus.READING, announced_at=START, due_at=LATER,
        ),
        SearchExport(
            id="ex-1", tenant_id=TENANT, employer_id=firm, what="referrals", asked_json=ALL,
            day=START.date(), expected=0, asked_at=START, due_at=LATER,
        ),
        *(
            SavedView(
                id=one, tenant_id=TENANT, owner_id=owner, name="Wszystkie", filters_json=ALL, saved_at=START
            )
            for one, owner in views
        ),
    ]  # fmt: skip
