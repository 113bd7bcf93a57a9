"""A new patient: what must be known of a person before there is a record, and the record that results."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, Self

from pydantic import Field, model_validator

from functions.patients.domain.identity import (
    GIVEN_MAX,
    Checked,
    GivenIdentifier,
    IdentifierTaken,
    Newborn,
    refuse_misfits,
)
from functions.patients.domain.particulars import (
    Country,
    Email,
    GuardianGiven,
    Language,
    Name,
    PhoneText,
    Plan,
    check_dates,
    guardian_of,
    phone_of,
    require_guardian,
    today,
)
from shared.contracts.patients import Patient, Sex
from shared.contracts.ports import PhoneBook
from shared.kernel.records import Value

WAYS: Final = "give identifiers, or newborn with the parent's number, or unknown where nobody can tell"


class OnFileWithOtherBirthDate(IdentifierTaken):
    """The number is on file with another birth date: ask again, then open the record in `see`."""


class Registration(Value):
    """What an operator writes down. Exactly one way to tell who it is: numbers, a newborn, or unknown."""

    given_name: Name
    family_name: Name
    birth_date: date
    birth_date_estimated: bool = False
    sex: Sex = "unknown"
    identifiers: tuple[GivenIdentifier, ...] = Field(default=(), max_length=GIVEN_MAX)
    newborn: Newborn | None = None
    unknown: bool = False
    phone: PhoneText = ""
    email: Email = ""
    language: Language = "pl"
    country: Country = "PL"
    guardian: GuardianGiven | None = None
    plan: Plan = ""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if [bool(self.identifiers), self.newborn is not None, self.unknown].count(True) != 1:
            raise ValueError(WAYS)
        return self


def registered(
    form: Registration,
    checked: tuple[Checked, ...],
    patient_id: str,
    tenant_id: str,
    phones: PhoneBook,
    now: datetime,
) -> Patient:
    """The new record. Raises Invalid with what the operator should ask."""
    day = today(now)
    check_dates(form.birth_date, None, day)
    refuse_misfits(checked, form.sex)
    patient = Patient(
        id=patient_id,
        tenant_id=tenant_id,
        given_name=form.given_name,
        family_name=form.family_name,
        birth_date=form.birth_date,
        birth_date_estimated=form.birth_date_estimated,
        sex=form.sex,
        identifiers=tuple(one.as_identifier(day) for one in checked),
        phone=phone_of(form.phone, form.country, phones),
        email=form.email,
        language=form.language,
        country=form.country,
        guardian=guardian_of(form.guardian, form.country, phones),
        plan=form.plan,
        created_at=now,
    )
    require_guardian(patient, day)
    return patient


def refuse_taken(owners: Sequence[Patient], born: date) -> None:
    """Raises IdentifierTaken, naming the patient who has the number already."""
    for owner in owners:
        refusal = IdentifierTaken if owner.birth_date == born else OnFileWithOtherBirthDate
        raise refusal(hint=owner.merged_into or owner.id)
