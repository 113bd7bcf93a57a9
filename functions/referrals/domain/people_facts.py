"""What an employer tells us of a person it employs, and what that makes of the record it has of them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Final

from pydantic import Field, field_validator

from functions.referrals.domain.employment import (
    EMPLOYMENTS_MAX,
    POSITIONS_MAX,
    Department,
    Employee,
    Employment,
    PositionTitle,
    SealedDay,
)
from functions.referrals.domain.names import name_keys
from shared.contracts.ports import Identifiers
from shared.kernel.errors import Conflict, FieldError, Invalid
from shared.kernel.ports import Seals
from shared.kernel.records import Decision, Sealed, Value
from shared.kernel.times import Day

_MAIL: Final = r"^([^@\s]{1,64}@[^@\s]{1,180}\.[^@\s.]{2,60})?$"
_CENTURIES: Final = {0: 1900, 1: 2000, 2: 2100, 3: 2200, 4: 1800}
"""PESEL adds 20 to the month for each century after 1900; 80 stands for the one before."""


class AlreadyListed(Conflict):
    """This person is on your list with this contract: change the contract, or add another one."""


class TooManyContracts(Conflict):
    """This person has as many contracts as one can have: end one that is over."""


class NotBornThen(Invalid):
    """The number belongs to another birth date: ask which of the two is wrong."""


class PersonFacts(Value):
    """A person and one contract. What is left empty stays as it is on file.

    `identifier_system`: pl-pesel, or passport- with the country: passport-UA.
    """

    given_name: Annotated[Sealed, Field(min_length=1, max_length=100)]
    family_name: Annotated[Sealed, Field(min_length=1, max_length=100)]
    birth_date: SealedDay
    identifier_system: Annotated[str, Field(max_length=40)]
    identifier: Annotated[Sealed, Field(min_length=1, max_length=40)]
    address: Annotated[Sealed, Field(max_length=200)] = ""
    phone: Annotated[Sealed, Field(max_length=30)] = ""
    email: Annotated[Sealed, Field(max_length=254, pattern=_MAIL)] = ""
    language: Annotated[str, Field(pattern=r"^([a-z]{2})?$")] = ""
    contract: Annotated[str, Field(max_length=40)] = ""
    since: Day | None = None
    until: Day | None = None
    positions: tuple[PositionTitle, ...] = Field(min_length=1, max_length=POSITIONS_MAX)
    department: Department = ""

    @property
    def employment(self) -> Employment:
        return Employment(
            contract=self.contract,
            since=self.since,
            until=self.until,
            positions=self.positions,
            department=self.department,
        )

    @field_validator("birth_date")
    @classmethod
    def _of_our_time(cls, day: str) -> str:
        if not "1900" <= day[:4] <= "2199":
            raise ValueError("must lie between 1900 and 2199")
        return day


def born_by_pesel(pesel: str) -> date | None:
    """The birth date in a PESEL; None where there is none in it."""
    if len(pesel) != 11 or not pesel.isdigit():
        return None
    century, month = divmod(int(pesel[2:4]), 20)
    try:
        return date(_CENTURIES[century] + int(pesel[:2]), month, int(pesel[4:6]))
    except (KeyError, ValueError):
        return None


def checked(facts: PersonFacts, identifiers: Identifiers, parse_phone: Callable[[str], str]) -> PersonFacts:
    """With number and phone in their one form. Raises Invalid, which names the field."""
    born = date.fromisoformat(facts.birth_date)
    number = _at("/identifier", lambda: identifiers.check(facts.identifier_system, facts.identifier, None))
    if facts.identifier_system == "pl-pesel" and born_by_pesel(number) != born:
        raise NotBornThen(errors=[FieldError("/birth_date", "is not the one in the number")])
    phone = _at("/phone", lambda: parse_phone(facts.phone)) if facts.phone else ""
    return facts.but(identifier=number, phone=phone)


def _at(pointer: str, check: Callable[[], str]) -> str:
    """Whatever is wrong is said of this field."""
    try:
        return check()
    except Invalid as wrong:
        raise type(wrong)(wrong.detail, errors=[FieldError(pointer, wrong.detail)]) from None


def added(
    known: Employee | None,
    facts: PersonFacts,
    *,
    employee_id: str,
    employer_id: str,
    patient_id: str,
    tenant_id: str,
    seals: Seals,
    now: datetime,
) -> Decision[Employee] | None:
    """A new person, or what is new of one on file; None where all of it is. Raises TooManyContracts."""
    keys = name_keys(seals, tenant_id, facts.family_name, facts.given_name)
    if known is None:
        fresh = Employee(
            id=employee_id,
            tenant_id=tenant_id,
            employer_id=employer_id,
            patient_id=patient_id,
            employments=(facts.employment,),
            name_keys=keys,
            added_at=now,
            **_person(facts),
        )
        return Decision(fresh, "added")
    told = {name: one for name, one in _person(facts).items() if one != ""}
    after = known.but(
        **told,
        patient_id=known.patient_id or patient_id,
        employments=_with(known, facts.employment),
        name_keys=keys,
    )
    return None if after == known else Decision(after, "told_anew")


def _person(facts: PersonFacts) -> dict[str, str]:
    fields = facts.model_dump(exclude={"contract", "since", "until", "positions", "department"})
    return {name: one for name, one in fields.items() if name != "language" or one}


def _with(known: Employee, told: Employment) -> tuple[Employment, ...]:
    """The contract of that number as told now, its leave as it was; another one beside those on file."""
    before = next((one for one in known.employments if one.contract == told.contract), None)
    if before is None:
        if len(known.employments) >= EMPLOYMENTS_MAX:
            raise TooManyContracts
        return (*known.employments, told)
    now = told.but(
        leave_from=before.leave_from,
        leave_until=before.leave_until,
        since=told.since or before.since,
        until=told.until or before.until,
        department=told.department or before.department,
    )
    return tuple(now if one is before else one for one in known.employments)


def ended(employee: Employee, contract: str, until: date) -> Decision[Employee] | None:
    """None where it ends on that day already. Raises NoSuchContract, EndsBeforeItBegins."""
    found = next((one for one in employee.employments if one.contract == contract), None)
    if found is None:
        raise NoSuchContract
    if found.since is None or found.since > until:
        raise EndsBeforeItBegins(errors=[FieldError("/until", "must not be before the contract begins")])
    if found.until == until:
        return None
    after = tuple(one.but(until=until) if one is found else one for one in employee.employments)
    return Decision(employee.but(employments=after), "contract_ended", {"until": until.isoformat()})


class NoSuchContract(Conflict):
    """This person has no contract of that number."""


class EndsBeforeItBegins(Invalid):
    """A contract ends on or after the day on which it begins."""
