"""Whose records they are, and how an action asks for one: how each module speaks to the matrix.

A module joins with one file in subjects/ that says two things: `records`, one of each kind it keeps, for
whichever party is named; and `ASKS`, for each of its actions a request that names one of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from shared.kernel.actors import Actor, Role


@dataclass(frozen=True)
class Party:
    """Records end in `-name`. They lie in `tenant_id`, and speak of the doctor and patient of `owner`."""

    name: str
    tenant_id: str = "vm"
    owner: str = ""

    def id(self, word: str) -> str:
        return f"{word}-{self.name}"

    @property
    def doctor(self) -> str:
        return f"doctor-{self.owner or self.name}"

    @property
    def patient(self) -> str:
        return f"patient-{self.owner or self.name}"

    @property
    def employer(self) -> str:
        return f"employer-{self.owner or self.name}"

    @property
    def mark(self) -> str:
        """What stands in every id of this party's, and so in every answer that shows one."""
        return f"-{self.name}"

    @property
    def number(self) -> int:
        return PARTIES.index(self)

    @property
    def phone(self) -> str:
        return f"+4851200090{self.number}"


OWN = Party("own")
OTHER = Party("other")
FOREIGN = Party("foreign", tenant_id="other", owner="own")
"""Of another tenant, but the caller's by every name: nothing but the tenant keeps them apart."""
MISSING = Party("missing")
PARTIES = (OWN, OTHER, FOREIGN, MISSING)
SEEDED = (OWN, OTHER, FOREIGN)

PERSONS = {Role.DOCTOR: "doctor", Role.PATIENT: "patient", Role.EMPLOYER: "employer", Role.PARTNER: "partner"}
"""Roles that stand for a record; a new role that does belongs here."""


def caller(role: Role, party: Party = OWN) -> Actor:
    """Somebody with this role, who stands for this party's record where the role stands for one."""
    stands_for = party.id(PERSONS[role]) if role in PERSONS else ""
    return Actor(role=role, tenant_id="vm", user_id=f"user-{role}", record_id=stands_for)


Fields = Mapping[str, Any]
Names = Literal["record", "caller", "nothing"]


@dataclass(frozen=True)
class Ask:
    """A request that is answered with 200 where the record is the caller's to touch.

    `names`: what says which record is meant: the request (`record`), the token (`caller`), or nothing, as
    in a list. `missing`: the status where there is none. `shows`: whether the answer names the record.
    """

    fields: Callable[[Party], dict[str, Any]]
    names: Names = "record"
    missing: int = 404
    shows: bool = True
    of: str = ""


Asks = Mapping[str, tuple[Ask, ...]]


def named(word: str, field: str = "", **more: Any) -> tuple[Ask, ...]:
    """A request by the id of one record."""
    return (Ask(lambda it: {field or f"{word}_id": it.id(word), **more}),)


def listed(*, shows: bool = True, **more: Any) -> tuple[Ask, ...]:
    """A request that names no record."""
    return (Ask(lambda _: dict(more), names="nothing", missing=200, shows=shows),)


def told(fields: Callable[[Party], dict[str, Any]]) -> tuple[Ask, ...]:
    """A message, report or event: taken in whatever it speaks of, and changes nothing that is foreign."""
    return (Ask(fields, missing=200, shows=False),)
