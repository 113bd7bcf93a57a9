"""Whether a clinic can send somebody to a visit: open then, integrated, and of the patient's plan."""

from datetime import timedelta

from functions.house_visits.domain.visit import Visit
from shared.contracts.directory import Clinic, Hours
from shared.kernel.errors import Conflict
from shared.kernel.places import Position
from shared.kernel.times import PreferredWindow, Span, local_instant


class PlaceUnknown(Conflict):
    """Nobody knows yet where this visit is: set a pin on the map first."""


def place_of_visit(visit: Visit) -> Position:
    """Raises PlaceUnknown."""
    if visit.address.position is None:
        raise PlaceUnknown
    return visit.address.position


def why_not(visit: Visit, clinic: Clinic, plan: str) -> tuple[str, ...]:
    """What speaks against booking in this clinic, distance apart. `plan`: the patient's, "" for none."""
    reasons = []
    if not clinic.integrated:
        reasons.append("not_integrated")
    if visit.specialization not in clinic.specializations:
        reasons.append("other_specializations")
    if not is_open(clinic, visit.window):
        reasons.append("closed_then")
    if clinic.plans and plan not in clinic.plans:
        reasons.append("plan_not_covered")
    return tuple(reasons)


def is_open(clinic: Clinic, window: PreferredWindow) -> bool:
    """Whether the clinic, on its own clock, is open at any time of the window."""
    wanted = Span(starts_at=window.starts_at, ends_at=window.ends_at)
    return any(
        _opened(clinic, hours, window).overlaps(wanted)
        for hours in clinic.hours
        if hours.weekday == window.day.weekday()
    )


def _opened(clinic: Clinic, hours: Hours, window: PreferredWindow) -> Span:
    """Who closes at or before the hour of opening closes on the next day."""
    overnight = hours.closes <= hours.opens
    last_day = window.day + timedelta(days=1) if overnight else window.day
    return Span(
        starts_at=local_instant(window.day, hours.opens, clinic.zone),
        ends_at=local_instant(last_day, hours.closes, clinic.zone),
    )
