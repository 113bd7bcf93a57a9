"""What waits in this system: how old the oldest letter is, what lies buried, and how it was a minute ago."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from shared.kernel.ports import Query
from shared.kernel.records import Record
from shared.runtime.letters import Letter

if TYPE_CHECKING:
    from shared.runtime.wiring import Wiring

CURRENT = "current"


class StatusNote(Record):
    """One document, written anew every minute by platform/report_metrics and read by platform/status."""

    kind: ClassVar[str] = "status_notes"
    logged: ClassVar[bool] = False

    at: datetime
    outbox_age_seconds: int
    dead_letters: int


def outbox_age_seconds(wiring: Wiring, now: datetime) -> int:
    """Since when the oldest open letter of all tenants is due; 0 where none is."""
    oldest = Query(
        Letter.kind, where=(("open", "==", True),), order=(("due_at", "asc"), ("id", "asc")), limit=1
    )
    found = wiring.documents.query(oldest)
    if not found:
        return 0
    return max(0, int((now - found[0].fields["due_at"]).total_seconds()))
