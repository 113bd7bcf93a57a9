"""The tree of refusals: everything the system may say no with.

    Refusal
    ├── NotAdmitted    401  who are you?
    ├── NotAllowed     403  not you
    ├── NotFound       404  missing, or somebody else's: the two are told apart nowhere
    ├── Conflict       409  the record has moved on
    ├── Stale          412  the caller looked at an older version
    ├── Invalid        422  the request cannot be understood or makes no sense
    ├── TooMany        429  slow down
    └── Busy           503  try again: nothing was changed

A module subclasses one of these. Class name becomes the problem's code, the docstring its title,
the message its detail; a person reads both, so they say what to do.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class FieldError:
    """One field that was not understood; `pointer` is a JSON pointer into the request."""

    pointer: str
    detail: str


class Refusal(Exception):
    """The request was refused."""

    status: ClassVar[int] = 400

    def __init__(
        self, detail: str = "", *, errors: Sequence[FieldError] = (), hint: str = "", keeps: bool = False
    ) -> None:
        super().__init__(detail or self.title())
        self.detail = detail or self.title()
        self.errors = tuple(errors)
        self.hint = hint  # the id of a record to look at instead, where there is one
        self.keeps = keeps  # what was staged before is written all the same: a no that leaves a line

    @classmethod
    def code(cls) -> str:
        """`AlreadyTaken` -> `already-taken`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    @classmethod
    def title(cls) -> str:
        return (cls.__doc__ or "").strip().splitlines()[0]


class NotAdmitted(Refusal):
    """Sign in first: the request carries no valid proof of who is calling."""

    status = 401
    challenge: ClassVar[str] = "Bearer"  # what WWW-Authenticate asks for


class NotAllowed(Refusal):
    """You may not do this."""

    status = 403


class NotFound(Refusal):
    """There is no such record, or it is not yours to see."""

    status = 404


class Conflict(Refusal):
    """The record has changed in a way that rules this out."""

    status = 409


class AlreadyThere(Conflict):
    """A record with this id exists already."""


class Stale(Refusal):
    """The record has changed since you read it: read it again, then repeat the change."""

    status = 412


class Invalid(Refusal):
    """The request was not understood: correct the fields named in `errors`."""

    status = 422


class TooMany(Refusal):
    """Too many requests: wait and try again."""

    status = 429


class Busy(Refusal):
    """Nothing was changed because too many requests came at once: try again in a moment."""

    status = 503
