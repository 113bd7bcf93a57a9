"""A correction of a patient's record. What was is kept: identifiers end, they do not vanish."""

from datetime import date, datetime
from typing import Final

from pydantic import Field

from functions.patients.domain.identity import (
    GIVEN_MAX,
    BirthDateDoesNotFit,
    Checked,
    Checks,
    GivenIdentifier,
    Newborn,
    is_verifiable,
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
from shared.contracts.patients import IDENTIFIERS_MAX, NEWBORN, Identifier, Patient, Sex
from shared.contracts.ports import PhoneBook
from shared.kernel.errors import Conflict, FieldError, Invalid
from shared.kernel.records import Decision, Value

AS_GIVEN: Final = (
    *("given_name", "family_name", "birth_date", "birth_date_estimated", "sex"),
    *("email", "language", "country", "plan"),
)
"""Fields that are written as they were given."""


class RecordMerged(Conflict):
    """This record was merged into another: correct the one named in `see`."""


class NoSuchIdentifier(Invalid):
    """The record has no such identifier: read the record again for its keys."""


class ParentNumberMissing(Invalid):
    """The child is known by a parent's number and the birth date: give the parent's number again."""


class TooManyIdentifiers(Invalid):
    """The record holds as many identifiers as one may: somebody should look why."""


class EndedIdentifier(Value):
    """`key` as the record shows it. `in_error`: it never was this person's, and becomes free again."""

    key: str = Field(max_length=80)
    until: date | None = None
    in_error: bool = False


class Correction(Value):
    """What is not sent stays as it is. "" empties a text, null takes back a guardian or a death."""

    given_name: Name | None = None
    family_name: Name | None = None
    birth_date: date | None = None
    birth_date_estimated: bool | None = None
    sex: Sex | None = None
    phone: PhoneText | None = None
    email: Email | None = None
    language: Language | None = None
    country: Country | None = None
    guardian: GuardianGiven | None = None
    plan: Plan | None = None
    deceased_on: date | None = None
    add_identifiers: tuple[GivenIdentifier, ...] = Field(default=(), max_length=GIVEN_MAX)
    end_identifiers: tuple[EndedIdentifier, ...] = Field(default=(), max_length=GIVEN_MAX)
    newborn: Newborn | None = None
    birth_date_confirmed: bool = Field(
        False, description="Asked: the numbers on file and the new birth date both stand."
    )


def corrected(
    patient: Patient,
    form: Correction,
    added: tuple[Checked, ...],
    checks: Checks,
    phones: PhoneBook,
    now: datetime,
) -> Decision[Patient] | None:
    """None where nothing would change. Raises Invalid or Conflict with what to ask."""
    if patient.merged_into:
        raise RecordMerged(hint=patient.merged_into)
    day = today(now)
    after = _rewritten(patient, form, phones)
    after = after.but(identifiers=_identifiers(patient, form, added, day))
    after = _rechecked(after, form, checks) if after.birth_date != patient.birth_date else after
    check_dates(after.birth_date, after.deceased_on, day)
    refuse_misfits(added, after.sex)
    require_guardian(after, day)
    if after == patient:
        return None
    return Decision(after, "corrected", _what(patient, after))


def keys_owned(patient: Patient) -> frozenset[str]:
    """Keys nobody else may have: of the identifiers in use and of those that were."""
    return frozenset(one.key for one in patient.identifiers if not one.in_error)


def _rewritten(patient: Patient, form: Correction, phones: PhoneBook) -> Patient:
    sent = form.model_fields_set
    changes = {name: getattr(form, name) for name in AS_GIVEN if getattr(form, name) is not None}
    country = form.country or patient.country
    if form.phone is not None:
        changes["phone"] = phone_of(form.phone, country, phones)
    if "guardian" in sent:
        changes["guardian"] = guardian_of(form.guardian, country, phones)
    if "deceased_on" in sent:
        changes["deceased_on"] = form.deceased_on
    return patient.but(**changes)


def _identifiers(
    patient: Patient, form: Correction, added: tuple[Checked, ...], day: date
) -> tuple[Identifier, ...]:
    held = {one.key: one for one in patient.identifiers}
    for ending in form.end_identifiers:
        if ending.key not in held:
            raise NoSuchIdentifier(errors=[FieldError("/end_identifiers", "is not on the record")])
        held[ending.key] = held[ending.key].but(until=ending.until or day, in_error=ending.in_error)
    own_number = any(one.system != NEWBORN for one in added)
    for one in patient.identifiers:
        if one.system == NEWBORN and one.is_current and (own_number or form.newborn):
            held[one.key] = one.but(until=day, in_error=form.newborn is not None)
    for new in added:
        if new.key not in held or not held[new.key].is_current:
            held[new.key] = new.as_identifier(day)
    if len(held) > IDENTIFIERS_MAX:
        raise TooManyIdentifiers
    return tuple(held.values())


def _rechecked(patient: Patient, form: Correction, checks: Checks) -> Patient:
    """Every number in use is held against the new birth date."""
    if form.newborn is None and any(one.system == NEWBORN and one.is_current for one in patient.identifiers):
        raise ParentNumberMissing(errors=[FieldError("/newborn", "is missing")])
    fits = {
        one.key: checks.fits(one.system, one.value, patient.birth_date)
        for one in patient.identifiers
        if one.is_current
    }
    if not all(fits.values()) and not form.birth_date_confirmed:
        raise BirthDateDoesNotFit(
            errors=[FieldError("/birth_date", "differs from the one in a number on file")]
        )
    return patient.but(
        identifiers=tuple(
            one.but(verified=is_verifiable(one.system) and fits[one.key]) if one.key in fits else one
            for one in patient.identifiers
        )
    )


def _what(before: Patient, after: Patient) -> dict[str, str | int | float | bool]:
    """Names of fields and numbers, never what they held."""
    fields = [name for name in type(after).model_fields if getattr(before, name) != getattr(after, name)]
    return {"fields": ",".join(sorted(fields))}
