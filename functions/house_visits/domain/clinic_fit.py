"""Whether a clinic can send somebody to a visit: open then, integrated, and of the patient's plan."""

from datetime import timedelta
from typing import Final

from functions.house_visits.domain.visit import Visit
from shared.contracts.directory import Clinic, Hours
from shared.kernel.errors import Conflict
from shared.kernel.places import SEARCH_RADIUS_KM, Position, distance_km
from shared.kernel.times import PreferredWindow, Span, local_instant

NEVER: Final = frozenset({"not_integrated", "other_specializations"})
"""What no reason helps against."""


class PlaceUnknown(Conflict):
    """Nobody knows yet where this visit is: set a pin on the map first."""


def place_of_visit(visit: Visit) -> Position:
    """Raises PlaceUnknown."""
    if visit.address.position is None:
        raise PlaceUnknown
    return visit.address.position


class CannotBeBooked(Conflict):
    """This clinic cannot be booked for this visit: choose another, or phone it and record what you agree."""


class ReasonWanted(Conflict):
    """Something speaks against this clinic: repeat with a reason if it shall be asked all the same."""


def check(visit: Visit, clinic: Clinic, plan: str, reason: str) -> None:
    """May this clinic be asked because a person names it? Raises CannotBeBooked or ReasonWanted."""
    against = (*why_not(visit, clinic, plan), *_too_far(visit, clinic))
    if not clinic.active or set(against) & NEVER:
        raise CannotBeBooked(f"Against it: {', '.join(against) or 'not active'}.")
    if against and not reason:
        raise ReasonWanted(f"Against it: {', '.join(against)}.")


def _too_far(visit: Visit, clinic: Clinic) -> tuple[str, ...]:
    if clinic.position is None:
        return ("position_unknown",)
    km = distance_km(place_of_visit(visit), clinic.position)
    beyond_own = clinic.visit_radius_km is not None and km > clinic.visit_radius_km
    return (
        *(("beyond_radius",) if km > SEARCH_RADIUS_KM else ()),
        *(("beyond_own_radius",) if beyond_own else ()),
    )


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
