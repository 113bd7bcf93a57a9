"""A doctor decides: for each position, and when the person must come again; what they may not write."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final

from pydantic import Field

from functions.referrals.domain.employment import POSITIONS_MAX
from functions.referrals.domain.fitness import (
    NEXT_DUES_MAX,
    FitnessDecision,
    NextDue,
    NextDueReason,
    PositionDecision,
)
from functions.referrals.domain.jurisdiction import JurisdictionProfile
from functions.referrals.domain.referral import Referral, ReferralEvent
from shared.contracts.directory import Doctor
from shared.contracts.specializations import Specialization
from shared.kernel.errors import Conflict, FieldError, Invalid
from shared.kernel.records import Value

FINDINGS_MAX: Final = 4000
MONTHS_A_YEAR: Final = 12


class MayNotExamine(Conflict):
    """You cannot sign today: no license in occupational medicine is on file, or it has ended."""


class NotExaminedToday(Conflict):
    """The examination has not begun yet: sign on its day or later."""


class DecisionsDoNotFit(Invalid):
    """Decide once on each position of the referral, and on no other."""


class NextDatesDoNotFit(Invalid):
    """Say when the person must come again, after the examination and no later than the law allows."""


class Verdict(Value):
    """`findings` are for doctors alone. `next_dues`: several, each for its own reason."""

    decisions: Annotated[tuple[PositionDecision, ...], Field(min_length=1, max_length=POSITIONS_MAX)]
    next_dues: Annotated[tuple[NextDue, ...], Field(max_length=NEXT_DUES_MAX)] = ()
    screen_glasses: bool = False
    findings: str = Field("", max_length=FINDINGS_MAX)


def check_doctor(doctor: Doctor | None, day: date) -> Doctor:
    """On the day of signing, whatever held before. Raises MayNotExamine."""
    if doctor is None or not doctor.active or not doctor.license_number:
        raise MayNotExamine
    if doctor.license_until is not None and doctor.license_until < day:
        raise MayNotExamine(f"Your license ended on {doctor.license_until.isoformat()}.")
    if Specialization.OCCUPATIONAL_MEDICINE not in doctor.specializations:
        raise MayNotExamine("Occupational medicine is not among your specializations.")
    return doctor


def check_begun(referral: Referral, day: date) -> None:
    """Raises NotPossibleNow, NotExaminedToday."""
    referral.after(ReferralEvent.EXAMINE)
    held = referral.examination
    if held is None or day < referral.day_of(held.starts_at):
        raise NotExaminedToday


def check_verdict(
    verdict: Verdict, positions: Sequence[str], profile: JurisdictionProfile, examined_on: date
) -> None:
    """Raises DecisionsDoNotFit, NextDatesDoNotFit."""
    decided = [one.position for one in verdict.decisions]
    if sorted(decided) != sorted(positions):
        raise DecisionsDoNotFit(errors=[FieldError("/decisions", "must name each position once")])
    errors = list(_wrong_dates(verdict.next_dues, profile, examined_on))
    is_fit = any(one.decision == FitnessDecision.FIT for one in verdict.decisions)
    if is_fit and not any(one.reason == NextDueReason.PERIODIC for one in verdict.next_dues):
        errors.append(FieldError("/next_dues", "the next periodic examination is missing"))
    if errors:
        raise NextDatesDoNotFit(errors=errors)


def _wrong_dates(
    next_dues: Sequence[NextDue], profile: JurisdictionProfile, examined_on: date
) -> list[FieldError]:
    errors = []
    seen: set[NextDueReason] = set()
    for at, one in enumerate(next_dues):
        latest = months_after(examined_on, profile.longest_months[one.reason])
        if one.due_on <= examined_on:
            errors.append(FieldError(f"/next_dues/{at}/due_on", "must be after the examination"))
        elif one.due_on > latest:
            errors.append(FieldError(f"/next_dues/{at}/due_on", f"must be {latest} at the latest"))
        if one.reason in seen:
            errors.append(FieldError(f"/next_dues/{at}/reason", "stands there twice"))
        seen.add(one.reason)
    return errors


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last one: 29 February, three years on, is 28 February."""
    year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 + months, MONTHS_A_YEAR)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
