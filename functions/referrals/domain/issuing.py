"""An employer refers a person: what must be said, of whom, and what it makes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Final
from zoneinfo import ZoneInfo

from pydantic import Field

from functions.referrals.domain.employment import (
    POSITIONS_MAX,
    REFERRALS_MAX,
    Department,
    Employee,
    PositionTitle,
    Standing,
)
from functions.referrals.domain.exposure import ExposureGroup, Exposures
from functions.referrals.domain.jurisdiction import JurisdictionProfile
from functions.referrals.domain.package import Entitlement
from functions.referrals.domain.referral import (
    DESCRIPTION_MAX,
    ExaminationType,
    Referral,
    ReferredPerson,
    ReferringEmployer,
)
from shared.contracts.directory import Employer
from shared.contracts.numbering import signs_from
from shared.contracts.paper_text import unprintable
from shared.kernel.errors import Conflict, FieldError, Invalid
from shared.kernel.records import Decision, Value

NUMBER_LENGTH: Final = 8


class EmployerInactive(Conflict):
    """This employer is no longer active: no new referrals can be issued for it."""


class HasLeft(Conflict):
    """This person does not work for you any more: add a new contract first."""


class NotHiredYet(Conflict):
    """Whoever does not work yet is referred to a pre-employment examination."""


class OnLongLeave(Conflict):
    """This person is on long leave: only a control examination, before they come back, can be ordered."""


class AlreadyReferred(Conflict):
    """There is an open referral of this kind for this person: revoke it first, or reissue it."""


class ExposuresNotFilledIn(Invalid):
    """State each of the five groups of factors: an empty list says that there are none."""


class NotOnPaper(Invalid):
    """A referral is printed: leave out the signs that no paper can show."""


class ExaminationNotKnownHere(Invalid):
    """The law of your country knows no examination of this kind."""


class Wish(Value):
    """What the employer orders. `positions` in the order of printing; None takes those of the contract."""

    examination_type: ExaminationType
    positions: tuple[PositionTitle, ...] | None = Field(None, min_length=1, max_length=POSITIONS_MAX)
    department: Department | None = None
    work_description: Annotated[str, Field(max_length=DESCRIPTION_MAX)] = ""
    exposures: Exposures


@dataclass(frozen=True)
class Desk:
    """Where a referral is written: whose it is, under which law, by whom and when."""

    employer: Employer
    profile: JurisdictionProfile
    user_id: str
    now: datetime

    @property
    def day(self) -> date:
        return self.now.astimezone(ZoneInfo(self.profile.zone)).date()


def check(desk: Desk, employee: Employee, wish: Wish, open_ones: list[Referral]) -> None:
    """`open_ones`: the person's referrals at this employer. Raises what is wrong with the order."""
    if not desk.employer.active:
        raise EmployerInactive
    if wish.examination_type not in desk.profile.examination_types:
        raise ExaminationNotKnownHere(errors=[FieldError("/examination_type", "is not known there")])
    _check_standing(employee.standing_on(desk.day), wish.examination_type)
    not_stated = [FieldError(f"/exposures/{one}", "is not stated") for one in wish.exposures.open_groups]
    if not_stated:
        raise ExposuresNotFilledIn(errors=not_stated)
    refuse_unprintable(wish)
    same = [one for one in open_ones if one.is_open and one.examination_type == wish.examination_type]
    if same:
        raise AlreadyReferred(hint=same[0].id)


def _check_standing(standing: Standing, kind: ExaminationType) -> None:
    if standing == Standing.FORMER:
        raise HasLeft
    if standing == Standing.CANDIDATE and kind != ExaminationType.PRE_EMPLOYMENT:
        raise NotHiredYet
    if standing == Standing.ON_LEAVE and kind != ExaminationType.CONTROL:
        raise OnLongLeave


def refuse_unprintable(wish: Wish) -> None:
    """Said to who writes, not found out by who prints. Raises NotOnPaper."""
    said = {"/work_description": wish.work_description, "/department": wish.department or ""}
    said |= {f"/positions/{at}": one for at, one in enumerate(wish.positions or ())}
    for group in ExposureGroup:
        said[f"/exposures/{group}"] = " ".join(one.name for one in wish.exposures.of(group) or ())
    no = "holds signs that no paper can show"
    errors = [FieldError(where, no) for where, text in said.items() if unprintable(text)]
    if errors:
        raise NotOnPaper(errors=errors)


def written(desk: Desk, referral_id: str, employee: Employee, wish: Wish, unit: Entitlement) -> Referral:
    contract = employee.employment_on(desk.day)
    return Referral(
        id=referral_id,
        tenant_id=employee.tenant_id,
        number=number_of(referral_id, desk.day),
        employer_id=desk.employer.id,
        employee_id=employee.id,
        patient_id=employee.patient_id,
        name_keys=employee.name_keys,
        person=_person(employee),
        employer=ReferringEmployer(
            name=desk.employer.name, address=desk.employer.address, numbers=desk.employer.numbers
        ),
        standing=employee.standing_on(desk.day).value,
        examination_type=wish.examination_type,
        positions=wish.positions or contract.positions,
        department=contract.department if wish.department is None else wish.department,
        work_description=wish.work_description,
        exposures=wish.exposures,
        jurisdiction=desk.profile.country,
        zone=desk.profile.zone,
        language=employee.language,
        package_id=unit.package_id,
        entitlement_id=unit.id,
        issued_at=desk.now,
        issued_on=desk.day,
        valid_until=desk.day + timedelta(days=desk.profile.referral_valid_days),
        issued_by=desk.user_id,
    )


def listed(employee: Employee, referral_id: str, open_ones: list[Referral]) -> Decision[Employee]:
    """The person's record knows their open referrals: of two that are issued at once, one is refused."""
    kept = tuple(one.id for one in open_ones if one.is_open)[-(REFERRALS_MAX - 1) :]
    return Decision(employee.but(referral_ids=(*kept, referral_id)), "referred", {"referral_id": referral_id})


def number_of(referral_id: str, day: date) -> str:
    """`S/2026/7KJM4TXB`: made of the id, so that nobody waits for the number before."""
    signs = signs_from(f"referral:{referral_id}", NUMBER_LENGTH)
    return f"S/{day.year}/{signs}"


def _person(employee: Employee) -> ReferredPerson:
    return ReferredPerson(
        given_name=employee.given_name,
        family_name=employee.family_name,
        birth_date=employee.birth_date,
        identifier_system=employee.identifier_system,
        identifier=employee.identifier,
        address=employee.address,
    )
