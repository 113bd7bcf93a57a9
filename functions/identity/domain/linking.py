"""Whom a person stands for: a record of our directory or of our patients, if it is there and in use."""

from collections.abc import Mapping
from typing import Protocol, TypeVar

from shared.contracts.directory import Doctor, Employer
from shared.contracts.patients import Patient
from shared.kernel.actors import Role
from shared.kernel.errors import NotFound
from shared.kernel.records import Record

KINDS: Mapping[Role, type[Record]] = {Role.DOCTOR: Doctor, Role.PATIENT: Patient, Role.EMPLOYER: Employer}
MERGERS_MAX = 5

R = TypeVar("R", bound=Record)


class Finds(Protocol):
    def find(self, kind: type[R], key: str) -> R | None: ...


def record_of(role: Role | None, named: str, store: Finds) -> str:
    """The id of the record; "" for staff, and where there is none in use. A merged patient leads to the one
    who holds the history. Partners are in no directory: their id is taken as their organisation says it."""
    if role is None or role.is_staff:
        return ""
    kind = KINDS.get(role)
    if kind is None:
        return named
    for _ in range(MERGERS_MAX):
        found = _found(kind, named, store)
        if isinstance(found, Patient) and found.merged_into:
            named = found.merged_into
            continue
        return found.id if found is not None and getattr(found, "active", True) else ""
    return ""


def _found(kind: type[R], named: str, store: Finds) -> R | None:
    try:
        return store.find(kind, named)
    except NotFound:
        return None  # no record can be called so
