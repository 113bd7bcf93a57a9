"""A patient's day: the visits asked for on it, so that two operators on one call open one visit.

Written with the visit, so that two who ask at once collide, and the second sees the first.
"""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from functions.house_visits.domain.visit import OPEN, Visit
from shared.kernel.errors import Conflict
from shared.kernel.records import Record
from shared.kernel.times import PreferredWindow

VISITS_MAX = 20


class SimilarVisit(Conflict):
    """This patient has an open visit at that time: see the one in `see`, or say that another is meant."""


class PatientDay(Record):
    kind: ClassVar[str] = "patient_days"
    logged: ClassVar[bool] = False

    visit_ids: tuple[str, ...] = ()

    def with_visit(self, visit_id: str) -> "PatientDay":
        """The newest visit first."""
        return self.but(visit_ids=(visit_id, *self.visit_ids)[:VISITS_MAX])


def day_id(patient_id: str, day: date) -> str:
    return f"{patient_id}-{day.isoformat()}"


def refuse_similar(window: PreferredWindow, known: Sequence[Visit]) -> None:
    """Raises SimilarVisit where an open visit of the same patient shares a part of the time."""
    for one in known:
        overlaps = one.window.starts_at < window.ends_at and window.starts_at < one.window.ends_at
        if one.status in OPEN and overlaps:
            raise SimilarVisit(hint=one.id)
