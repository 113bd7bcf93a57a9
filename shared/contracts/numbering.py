"""The numbers of certificates: without a gap in each year of each issuer, and codes that nobody can guess.

The next number is taken in the commit of the certificate that bears it. Whoever loses the race for it takes
the one after; what is not committed has taken none.
"""

from datetime import date
from hashlib import sha256
from typing import ClassVar, Final

from pydantic import Field

from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.errors import Conflict
from shared.kernel.ports import Seals
from shared.kernel.records import Record

NUMBER_MAX: Final = 99_999_999
"""Six digits at least, eight at most: a clinic chain signs millions a year."""
ALPHABET: Final = "23456789BCDFGHJKMNPQRSTVWXZ"
"""No vowels, so that no word comes out; nothing that looks like something else."""
CODE_LENGTH: Final = 15
"""71 bits."""
GROUP: Final = 5


class NumbersUsedUp(Conflict):
    """This issuer has used all numbers of the year: ask the administrator for another series."""


class NumberSeries(Record):
    """The last number that an issuer has given in a year; named by tenant, issuer and year."""

    kind: ClassVar[str] = "number_series"
    logged: ClassVar[bool] = False

    issuer: str
    year: int
    last: int = Field(0, ge=0, le=NUMBER_MAX)

    def admits(self, actor: Actor, scope: Scope) -> bool:
        """It says nothing of anybody: a doctor takes the next number when they sign."""
        return actor.is_staff or (actor.role == Role.DOCTOR and scope == Scope.ASSIGNED)

    @property
    def next(self) -> "NumberSeries":
        if self.last == NUMBER_MAX:
            raise NumbersUsedUp
        return self.but(last=self.last + 1)

    @property
    def number(self) -> str:
        """`VM/2026/000123`, the last one given; after `VM/2026/999999` comes `VM/2026/1000000`."""
        return f"{self.issuer}/{self.year}/{self.last:06d}"


class VerificationKey(Record):
    """Leads from number and code, hashed with our key, to the certificate. Neither can be read from it."""

    kind: ClassVar[str] = "verification_keys"
    logged: ClassVar[bool] = False

    certificate_id: str

    def admits(self, actor: Actor, scope: Scope) -> bool:
        return actor.role == Role.SYSTEM


def series_id(tenant_id: str, issuer: str, year: int) -> str:
    return f"{tenant_id}.{issuer}.{year}"


def first_series(tenant_id: str, issuer: str, day: date) -> NumberSeries:
    """Before its first number."""
    key = series_id(tenant_id, issuer, day.year)
    return NumberSeries(id=key, tenant_id=tenant_id, issuer=issuer, year=day.year)


def code_from(chance: str) -> str:
    """`7KJMQ-4TXBB-29FHD` from a random id that is used for nothing else."""
    signs = signs_from(f"certificate:{chance}", CODE_LENGTH)
    return "-".join(signs[at : at + GROUP] for at in range(0, CODE_LENGTH, GROUP))


def signs_from(chance: str, length: int) -> str:
    """So many signs of the alphabet, the same for the same text; nobody can go back from them."""
    left = int.from_bytes(sha256(chance.encode()).digest())
    signs = ""
    for _ in range(length):
        left, at = divmod(left, len(ALPHABET))
        signs += ALPHABET[at]
    return signs


def proof_key(tenant_id: str, number: str, code: str, seals: Seals) -> str:
    """Where the verification key lies; as people type number and code, whatever the case, spaces, dashes."""
    plain = "".join(code.split()).replace("-", "").upper()
    return seals.lookup_key(tenant_id, f"certificate:{''.join(number.split()).upper()}:{plain}")
