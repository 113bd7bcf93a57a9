"""How an operator says whom to ask, in what order and at what intervals."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from functions.house_visits.domain.cascade import OFFERS_MAX, OverlapPolicy, QuietPolicy
from functions.house_visits.domain.planning import Plan
from shared.contracts.directory import Doctor
from shared.kernel.records import Value

MINUTES_MAX = 24 * 60
CLINICS_MAX = 10

Interval = Annotated[int, Field(ge=0, le=MINUTES_MAX, description="Minutes before the next doctor is asked.")]


class PlanRequest(Value):
    """Doctors in the order in which they are asked; a clinic stands for its doctors, after those named.

    `intervals`: one for all, or one for each doctor.
    """

    visit_id: str
    doctor_ids: tuple[str, ...] = Field((), max_length=OFFERS_MAX)
    clinic_ids: tuple[str, ...] = Field((), max_length=CLINICS_MAX)
    intervals: tuple[Interval, ...] = Field((10,), min_length=1, max_length=OFFERS_MAX)
    policy: OverlapPolicy = OverlapPolicy.STAGGERED
    quiet: QuietPolicy = QuietPolicy.HOLD
    one_segment_only: bool = True

    def plan(self, doctors: Sequence[Doctor]) -> Plan:
        named = (*self.doctor_ids, *(one.id for one in doctors))
        return Plan(
            doctor_ids=tuple(dict.fromkeys(named))[:OFFERS_MAX],
            intervals=self.intervals,
            policy=self.policy,
            quiet=self.quiet,
            one_segment_only=self.one_segment_only,
        )
