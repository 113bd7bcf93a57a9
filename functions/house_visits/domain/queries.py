"""The queries of this module: each one needs its composite index (infra/generated)."""

from datetime import datetime

from functions.house_visits.domain.cascade import OFFERS_MAX
from functions.house_visits.domain.visit import Visit, VisitStatus
from shared.contracts.directory import Doctor
from shared.kernel.ports import Query

DUE_MAX = 100
WAITING = (VisitStatus.OFFERING.value, VisitStatus.UNKNOWN_OUTCOME.value)
"""Where a timer is expected: whatever else holds an old `due_at` must not crowd these out."""


def doctors_of(clinic_id: str) -> Query:
    """Active doctors of a clinic."""
    return Query(
        Doctor.kind,
        where=(("active", "==", True), ("clinic_ids", "array_contains", clinic_id)),
        order=(("id", "asc"),),
        limit=OFFERS_MAX,
    )


def due_visits(before: datetime) -> Query:
    """Visits that somebody should have looked at by then."""
    return Query(
        Visit.kind,
        where=(("status", "in", WAITING), ("due_at", "<=", before)),
        order=(("due_at", "asc"), ("id", "asc")),
        limit=DUE_MAX,
    )
