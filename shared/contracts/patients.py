"""Patients: read by several modules, written by the patients module alone."""

from datetime import date, datetime
from typing import ClassVar, Literal

from pydantic import Field

from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.records import Record, Sealed, Value


class Identifier(Value):
    """A personal identifier in one period of its use. `key` is the HMAC under which it is unique;
    `value` is sealed and shown only to who may read the patient."""

    system: str
    key: str
    value: Sealed
    since: date | None = None
    until: date | None = None
    verified: bool = False


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
    sex: Literal["female", "male", "other", "unknown"] = "unknown"
    identifiers: tuple[Identifier, ...] = Field(default=(), max_length=20)
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
        return super().admits(actor, scope)
