"""Personal identifiers as callers say them: checked digit by digit, then known by a key alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pydantic import Field

from shared.contracts.patients import NEWBORN, Identifier, IdentifierKey, Sex
from shared.contracts.ports import Identifiers
from shared.kernel.errors import Conflict, FieldError, Invalid
from shared.kernel.ports import Seals
from shared.kernel.records import Value

GIVEN_MAX: Final = 5
PESEL: Final = "pl-pesel"
PESEL_SEX_DIGIT: Final = 9  # the tenth; odd for men
UNCHECKED: Final = "passport-"  # numbers without a checksum: taken as they are, never called verified


class BirthDateDoesNotFit(Invalid):
    """The number belongs to another birth date: ask which of the two is wrong, nothing was changed."""


class SexDoesNotFit(Invalid):
    """The number belongs to a person of the other sex: ask which of the two is wrong, nothing was changed."""


class IdentifierTaken(Conflict):
    """This number belongs to the patient named in `see`: read that record instead of making another."""


class GivenIdentifier(Value):
    """`confirmed`: the caller was asked, and the number stands although it names another date or sex."""

    system: str = Field(max_length=40, examples=["pl-pesel", "passport-UA"])
    value: str = Field(min_length=1, max_length=40)
    confirmed: bool = False


class Newborn(Value):
    """A child without a number of its own: a parent's number, and the order of birth among twins."""

    parent: GivenIdentifier
    birth_order: int = Field(1, ge=1, le=9)


class Checked(Value):
    """An identifier whose digits are right. `fits`: it names no other birth date than the one given."""

    system: str
    value: str
    key: str
    fits: bool = True
    confirmed: bool = False

    def as_identifier(self, since: date) -> Identifier:
        verified = self.fits and is_verifiable(self.system)
        return Identifier(system=self.system, key=self.key, value=self.value, since=since, verified=verified)


@dataclass(frozen=True)
class Checks:
    """How a tenant's identifiers are checked, and under which keys they are known."""

    identifiers: Identifiers
    seals: Seals
    tenant_id: str

    def given(self, given: GivenIdentifier, birth_date: date, pointer: str) -> Checked:
        """Raises Invalid at the pointer where the digits are wrong; another birth date is only noted."""
        try:
            value = self.identifiers.check(given.system, given.value, None)
        except Invalid as wrong:
            errors = [FieldError(pointer + one.pointer, one.detail) for one in wrong.errors]
            raise type(wrong)(wrong.detail, errors=errors or [FieldError(pointer, wrong.detail)]) from None
        return Checked(
            system=given.system,
            value=value,
            key=self._key(f"{given.system}:{value}"),
            fits=self.fits(given.system, value, birth_date),
            confirmed=given.confirmed,
        )

    def newborn(self, newborn: Newborn, birth_date: date, pointer: str) -> Checked:
        parent = self.given(newborn.parent, birth_date, f"{pointer}/parent")
        value = f"{parent.system}:{parent.value}/{newborn.birth_order}"
        return Checked(system=NEWBORN, value=value, key=self._key(f"{NEWBORN}:{value}/{birth_date}"))

    def all_given(
        self,
        given: tuple[GivenIdentifier, ...],
        newborn: Newborn | None,
        birth_date: date,
        pointer: str = "/identifiers",
    ) -> tuple[Checked, ...]:
        """Every identifier once, in the order given."""
        found = [self.given(one, birth_date, f"{pointer}/{place}") for place, one in enumerate(given)]
        if newborn is not None:
            found.append(self.newborn(newborn, birth_date, "/newborn"))
        return tuple({one.key: one for one in found}.values())

    def fits(self, system: str, value: str, birth_date: date) -> bool:
        if system == NEWBORN:
            return True
        try:
            self.identifiers.check(system, value, birth_date)
        except Invalid:
            return False
        return True

    def _key(self, text: str) -> str:
        return self.seals.lookup_key(self.tenant_id, text)


def is_verifiable(system: str) -> bool:
    """Whether the number proves itself by a checksum."""
    return system != NEWBORN and not system.startswith(UNCHECKED)


def refuse_misfits(checked: tuple[Checked, ...], sex: Sex) -> None:
    """Raises BirthDateDoesNotFit or SexDoesNotFit, unless somebody has asked and both stand."""
    doubtful = [one for one in checked if not one.confirmed]
    if not all(one.fits for one in doubtful):
        raise BirthDateDoesNotFit(errors=[FieldError("/birth_date", "differs from the one in the number")])
    if any(_names_other_sex(one, sex) for one in doubtful):
        raise SexDoesNotFit(errors=[FieldError("/sex", "differs from the one in the number")])


def refuse_foreign(keys: Sequence[IdentifierKey], patient_id: str) -> None:
    """Raises IdentifierTaken where one of the keys is somebody else's."""
    for key in keys:
        if key.patient_id != patient_id:
            raise IdentifierTaken(hint=key.patient_id)


def keys_of(checked: tuple[Checked, ...], patient_id: str, tenant_id: str) -> list[IdentifierKey]:
    return [IdentifierKey(id=one.key, tenant_id=tenant_id, patient_id=patient_id) for one in checked]


def _names_other_sex(checked: Checked, sex: Sex) -> bool:
    if checked.system != PESEL or sex not in ("female", "male"):
        return False
    is_mans = int(checked.value[PESEL_SEX_DIGIT]) % 2 == 1
    return is_mans != (sex == "male")
