"""Patients: read by several modules, written by the patients module alone."""

from datetime import date, datetime
from typing import ClassVar, Final, Literal

from pydantic import Field

from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.errors import Conflict
from shared.kernel.records import Record, Sealed, Value

NEWBORN: Final = "newborn"
"""The system of a child that has no number yet: a parent's number, the birth date, the order of birth."""
IDENTIFIERS_MAX: Final = 20
AGE_OF_MAJORITY: Final = 18

Sex = Literal["female", "male", "other", "unknown"]


class PatientDeceased(Conflict):
    """The patient is recorded as deceased: correct the record first if that is wrong."""


class PatientMerged(Conflict):
    """This patient's record was merged into another: use the one named in `see`."""


class Identifier(Value):
    """A personal identifier in one period of its use. `key` is the HMAC under which it is unique;
    `value` is sealed and shown only to who may read the patient.

    `verified`: its checksum fits, and so does the birth date in it where it holds one. One that stands
    here `in_error` never was this person's; its key is free for whom it belongs to.
    """

    system: str
    key: str
    value: Sealed
    since: date | None = None
    until: date | None = None
    verified: bool = False
    in_error: bool = False

    @property
    def is_current(self) -> bool:
        return self.until is None and not self.in_error


class IdentifierKey(Record):
    """Says whose an identifier is. Its id is the identifier's key: creating it twice is impossible."""

    kind: ClassVar[str] = "identifier_keys"
    logged: ClassVar[bool] = False

    patient_id: str

    def admits(self, actor: Actor, scope: Scope) -> bool:
        """An employer that names a person by their number joins the two; it is shown neither."""
        return (actor.role == Role.EMPLOYER and scope == Scope.OWN) or super().admits(actor, scope)


class Guardian(Value):
    """Who decides for a minor or a person who cannot."""

    name: Sealed
    relationship: str
    phone: Sealed = ""


class Patient(Record):
    """A person receiving care. A merged patient points to the one that holds the history."""

    kind: ClassVar[str] = "patients"

    given_name: Sealed
    family_name: Sealed
    birth_date: date
    birth_date_estimated: bool = False
    sex: Sex = "unknown"
    identifiers: tuple[Identifier, ...] = Field(default=(), max_length=IDENTIFIERS_MAX)
    phone: Sealed = ""
    email: Sealed = ""
    language: str = "pl"
    country: str = "PL"
    guardian: Guardian | None = None
    deceased_on: date | None = None
    merged_into: str = ""
    plan: str = ""
    created_at: datetime

    def admits(self, actor: Actor, scope: Scope) -> bool:
        if actor.role == Role.PATIENT:
            return scope == Scope.OWN and actor.record_id == self.id
        if actor.role == Role.DOCTOR:
            # Such an action comes to the patient through a record the doctor works on, never by a given id.
            return scope == Scope.ASSIGNED
        return super().admits(actor, scope)

    @property
    def is_unverified(self) -> bool:
        """Nobody has a number of this person's own: a newborn, or somebody unknown."""
        return not any(one.is_current and one.system != NEWBORN for one in self.identifiers)

    @property
    def is_deceased(self) -> bool:
        return self.deceased_on is not None

    def age_on(self, day: date) -> int:
        """Full years; who was born on 29 February is a year older on 1 March."""
        had_no_birthday = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - had_no_birthday

    def is_minor_on(self, day: date) -> bool:
        return self.age_on(day) < AGE_OF_MAJORITY
