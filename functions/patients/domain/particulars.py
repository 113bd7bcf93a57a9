"""What is written down about a person, and the sense it must make on a given day."""

from datetime import date, datetime
from typing import Annotated, Final
from zoneinfo import ZoneInfo

from pydantic import Field, StringConstraints

from shared.contracts.patients import Guardian, Patient
from shared.contracts.ports import PhoneBook
from shared.kernel.errors import FieldError, Invalid
from shared.kernel.records import Value

OLDEST_YEARS: Final = 130
HOME_ZONE: Final = ZoneInfo("Europe/Warsaw")

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00-\x1f]+$")
]
Email = Annotated[str, Field(max_length=200, pattern=r"^([^@\s]+@[^@\s]+\.[^@\s]+)?$")]
PhoneText = Annotated[str, Field(max_length=40, description="As dictated; the country is the patient's.")]
Language = Annotated[str, Field(pattern="^[a-z]{2}$")]
Country = Annotated[str, Field(pattern="^[A-Z]{2}$")]
Plan = Annotated[str, Field(max_length=40, pattern="^[a-z0-9_]*$")]


class BirthDateImpossible(Invalid):
    """The birth date lies in the future or too far back: ask for it again."""


class DeathDateImpossible(Invalid):
    """The date of death lies in the future or before the birth: ask for it again."""


class GuardianMissing(Invalid):
    """The patient is a minor: ask who decides for them, and how they are related."""


class GuardianGiven(Value):
    name: Name
    relationship: str = Field(min_length=1, max_length=40)
    phone: PhoneText = ""


def today(now: datetime) -> date:
    """The date on the wall where the operators sit."""
    return now.astimezone(HOME_ZONE).date()


def check_dates(born: date, died: date | None, on: date) -> None:
    if born > on or on.year - born.year > OLDEST_YEARS:
        raise BirthDateImpossible(errors=[FieldError("/birth_date", "between 130 years ago and today")])
    if died is not None and not born <= died <= on:
        raise DeathDateImpossible(errors=[FieldError("/deceased_on", "between the birth date and today")])


def require_guardian(patient: Patient, on: date) -> None:
    """A minor has one, unless nobody knows who the child is."""
    known = any(one.is_current for one in patient.identifiers)
    if known and patient.is_minor_on(on) and patient.guardian is None:
        raise GuardianMissing(errors=[FieldError("/guardian", "is missing")])


def phone_of(text: str, country: str, phones: PhoneBook, pointer: str = "/phone") -> str:
    """E.164; "" where none was given. Raises Invalid at the pointer."""
    if not text.strip():
        return ""
    try:
        return phones.parse(text, country)
    except Invalid as wrong:
        raise type(wrong)(wrong.detail, errors=[FieldError(pointer, wrong.detail)]) from None


def guardian_of(given: GuardianGiven | None, country: str, phones: PhoneBook) -> Guardian | None:
    if given is None:
        return None
    phone = phone_of(given.phone, country, phones, "/guardian/phone")
    return Guardian(name=given.name, relationship=given.relationship, phone=phone)
