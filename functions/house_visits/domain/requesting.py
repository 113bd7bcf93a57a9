"""The beginning of a visit: what must be true of a patient and a wish before anybody is asked."""

from datetime import datetime

from functions.house_visits.domain.address import Address, Caller
from functions.house_visits.domain.visit import SHORTEST_VISIT, Visit
from shared.contracts.patients import Patient, PatientDeceased, PatientMerged
from shared.contracts.specializations import Specialization
from shared.kernel.errors import FieldError, Invalid
from shared.kernel.records import Value
from shared.kernel.times import PreferredWindow

DAYS_AHEAD_MAX = 28
"""Timers reach 30 days; a visit farther off belongs in a calendar."""


class WindowPassed(Invalid):
    """The preferred time has passed or leaves no time for a visit: choose a later one."""


class WindowTooFar(Invalid):
    """The preferred time is too far ahead: choose one within four weeks."""


class Wish(Value):
    address: Address
    caller: Caller | None
    window: PreferredWindow
    specialization: Specialization
    reason: str
    urgent: bool


def request(visit_id: str, patient: Patient, wish: Wish, by: str, now: datetime) -> Visit:
    """A new visit. Raises Invalid or Conflict with what the operator should ask."""
    if patient.deceased_on is not None:
        raise PatientDeceased
    if patient.merged_into:
        raise PatientMerged(hint=patient.merged_into)
    check_window(wish.window, now)
    return Visit(
        id=visit_id,
        tenant_id=patient.tenant_id,
        patient_id=patient.id,
        language=patient.language,
        caller=wish.caller,
        address=wish.address,
        window=wish.window,
        window_starts_at=wish.window.starts_at,
        specialization=wish.specialization,
        reason=wish.reason,
        urgent=wish.urgent,
        requested_at=now,
        requested_by=by,
    )


def check_window(window: PreferredWindow, now: datetime) -> None:
    if now >= window.ends_at - SHORTEST_VISIT:
        raise WindowPassed(errors=[FieldError("/window", "leaves less than half an hour for the visit")])
    if (window.starts_at - now).days > DAYS_AHEAD_MAX:
        raise WindowTooFar(errors=[FieldError("/window/day", f"at most {DAYS_AHEAD_MAX} days ahead")])
