"""Phones that want no texts: remembered by the phone's key, whoever the phone belongs to now or later.

Whoever texts STOP is heeded, doctor, patient or stranger; START takes it back. Written by the directory, read
by whoever is about to write a text.
"""

from datetime import datetime
from typing import ClassVar, Protocol

from shared.kernel.records import Record


class OptOut(Record):
    """The last word of a phone; its id is the phone's key."""

    kind: ClassVar[str] = "opt_outs"
    logged: ClassVar[bool] = False

    opted_out: bool
    as_of: datetime


class OptOuts(Protocol):
    def find(self, kind: type[OptOut], key: str) -> OptOut | None: ...


class PhoneKeys(Protocol):
    def lookup_key(self, tenant_id: str, text: str) -> str: ...


def wants_no_texts(phone: str, tenant_id: str, keys: PhoneKeys, records: OptOuts) -> bool:
    """Whether the last word of this phone was STOP. `phone`: "" where there is none."""
    said = records.find(OptOut, keys.lookup_key(tenant_id, phone)) if phone else None
    return said is not None and said.opted_out
