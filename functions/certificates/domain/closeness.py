"""By what two people on file are found to be one person, or to live together: keyed hashes, no values."""

from typing import Final, Literal

from shared.kernel.records import Value

KEYS_MAX: Final = 40

Conflict = Literal["", "self", "household"]


class Closeness(Value):
    """Keys of personal numbers, of phones, and of the home's address ("" where it is not known)."""

    person_keys: tuple[str, ...] = ()
    phone_keys: tuple[str, ...] = ()
    home_key: str = ""
