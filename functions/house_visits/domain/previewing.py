"""The preview of a search: its steps with times, texts and cost, and what speaks against starting it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Final

from functions.house_visits.domain.asking import turn_of
from functions.house_visits.domain.offer import Offer
from functions.house_visits.domain.planning import Plan, PlannedStep, Skipped, timeline
from functions.house_visits.domain.visit import Visit
from shared.contracts.geocoding import GeocodeQuality
from shared.kernel.records import Value

PRICE_PER_SEGMENT_EUR: Final = Decimal("0.05")
"""A planning figure; the bill is the provider's."""
ROUGH: Final = (GeocodeQuality.POSTCODE, GeocodeQuality.CITY, GeocodeQuality.NONE)


class StepView(Value):
    doctor_id: str
    asked_at: datetime | None
    text: str
    segments: int
    characters: int


class SkippedView(Value):
    doctor_id: str
    reason: str


class Preview(Value):
    """`asked_in_time` of `doctors` can be asked before the visit. `cost_eur` if nobody answers."""

    visit_id: str
    doctors: int
    asked_in_time: int
    ends_at: datetime | None
    segments: int
    cost_eur: Decimal
    steps: tuple[StepView, ...]
    skipped: tuple[SkippedView, ...]
    warnings: tuple[str, ...]


def preview(
    visit: Visit, plan: Plan, offers: Sequence[Offer], skipped: Sequence[Skipped], now: datetime
) -> Preview:
    steps = timeline(visit, offers, plan.quiet, now)
    in_time = [step for step in steps if step.at is not None]
    last = in_time[-1] if in_time else None
    total = sum(step.length.segments for step in in_time)
    return Preview(
        visit_id=visit.id,
        doctors=len(plan.doctor_ids),
        asked_in_time=len(in_time),
        ends_at=_end(visit, last.offer, last.at) if last and last.at else None,
        segments=total,
        cost_eur=PRICE_PER_SEGMENT_EUR * total,
        steps=tuple(_step_view(step) for step in steps),
        skipped=tuple(SkippedView(doctor_id=one.doctor_id, reason=one.reason) for one in skipped),
        warnings=tuple(_warnings(visit, plan, steps, skipped)),
    )


def _end(visit: Visit, last: Offer, asked_at: datetime) -> datetime:
    return min(asked_at + turn_of(last, is_last=True), visit.closes_at)


def _step_view(step: PlannedStep) -> StepView:
    return StepView(
        doctor_id=step.offer.doctor_id,
        asked_at=step.at,
        text=step.text,
        segments=step.length.segments,
        characters=step.length.characters,
    )


def _warnings(
    visit: Visit, plan: Plan, steps: Sequence[PlannedStep], skipped: Sequence[Skipped]
) -> Iterator[str]:
    in_time = [step for step in steps if step.at is not None]
    if len(in_time) < len(plan.doctor_ids):
        yield f"{len(in_time)} of {len(plan.doctor_ids)} doctors can be asked before the visit."
    if any(step.length.segments > 1 for step in steps):
        yield "Some texts need more than one segment: they cost more and may arrive in pieces."
    if any(one.reason == "one_way_country" for one in skipped):
        yield "Some doctors live where answers to our texts do not arrive: phone them instead."
    if any(step.at and step.offer.quiet_hours.holds(step.at) for step in in_time):
        yield "Some doctors would be texted in their quiet hours."
    if any(later.at and earlier.at and _is_gap(earlier, later) for earlier, later in pairwise(in_time)):
        yield "The search waits for quiet hours to end."
    if visit.address.quality in ROUGH:
        yield "The place of the visit is only roughly known: set a pin on the map."


def _is_gap(earlier: PlannedStep, later: PlannedStep) -> bool:
    assert earlier.at
    assert later.at
    return later.at > earlier.at + timedelta(minutes=earlier.offer.delay_minutes)
