"""Certificates of fitness that were issued elsewhere: written down as they are, told apart for ever."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from functions.referrals.domain.deciding import NextDatesDoNotFit
from functions.referrals.domain.employment import POSITIONS_MAX, Employee
from functions.referrals.domain.fitness import (
    NEXT_DUES_MAX,
    FitnessCertificate,
    FitnessStatus,
    NextDue,
    PositionDecision,
)
from functions.referrals.domain.jurisdiction import JurisdictionProfile
from functions.referrals.domain.referral import ExaminationType, Referral
from shared.kernel.errors import FieldError, Invalid
from shared.kernel.records import Value
from shared.kernel.times import Day


class OutsideDatesWrong(Invalid):
    """A certificate is issued on or after its examination, and not in the future."""


class OutsideCertificate(Value):
    """As it stands on the paper. `issuer`: the doctor or clinic as printed."""

    number: Annotated[str, Field(min_length=1, max_length=40)]
    issuer: Annotated[str, Field(min_length=1, max_length=200)]
    examination_type: ExaminationType
    examined_on: Day
    issued_on: Day
    decisions: Annotated[tuple[PositionDecision, ...], Field(min_length=1, max_length=POSITIONS_MAX)]
    next_dues: Annotated[tuple[NextDue, ...], Field(max_length=NEXT_DUES_MAX)] = ()
    screen_glasses: bool = False


def check_paper(paper: OutsideCertificate, today: date) -> None:
    """Raises OutsideDatesWrong, NextDatesDoNotFit, DecisionsDoNotFit."""
    if not paper.examined_on <= paper.issued_on <= today:
        raise OutsideDatesWrong(errors=[FieldError("/issued_on", "does not fit the examination or today")])
    errors = [
        FieldError(f"/next_dues/{at}/due_on", "must be after the examination")
        for at, one in enumerate(paper.next_dues)
        if one.due_on <= paper.examined_on
    ]
    reasons = [one.reason for one in paper.next_dues]
    if len(set(reasons)) < len(reasons):
        errors.append(FieldError("/next_dues", "one date for a reason"))
    if len({one.position for one in paper.decisions}) < len(paper.decisions):
        errors.append(FieldError("/decisions", "one decision for a position"))
    if errors:
        raise NextDatesDoNotFit(errors=errors)


def recorded(
    paper: OutsideCertificate,
    employee: Employee,
    referral: Referral | None,
    profile: JurisdictionProfile,
    certificate_id: str,
    now: datetime,
    replaced: FitnessCertificate | None = None,
) -> FitnessCertificate:
    """`replaced`: the one that was appealed against; then this one is final, and people hear of it."""
    return FitnessCertificate(
        id=certificate_id,
        tenant_id=employee.tenant_id,
        status=FitnessStatus.FINAL if replaced else FitnessStatus.VALID,
        number=paper.number,
        referral_id=referral.id if referral else "",
        employer_id=employee.employer_id,
        employee_id=employee.id,
        patient_id=employee.patient_id,
        given_name=employee.given_name,
        family_name=employee.family_name,
        name_keys=employee.name_keys,
        examination_type=paper.examination_type,
        department=referral.department if referral else employee.employments[-1].department,
        decisions=paper.decisions,
        next_dues=tuple(sorted(paper.next_dues, key=lambda one: one.due_on)),
        screen_glasses=paper.screen_glasses,
        jurisdiction=profile.country,
        zone=profile.zone,
        language=employee.language,
        examined_on=paper.examined_on,
        issued_at=now,
        issued_on=paper.issued_on,
        outside=True,
        outside_issuer=paper.issuer,
        supersedes=replaced.id if replaced else "",
        told=replaced is None,
    )
