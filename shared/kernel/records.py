"""What is kept: values, records, and the decision that changes a record.

A rule is a pure function that returns a `Decision`; the ledger writes it, all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, ClassVar, Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from shared.kernel.actors import Actor, Scope
    from shared.kernel.effects import Effect

SEALED = "sealed"
Sealed = Annotated[str, Field(json_schema_extra={SEALED: True})]
"""Text that the store encrypts at rest, bound to its tenant, collection, document and field."""


class Value(BaseModel):
    """Frozen data that knows its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)

    def but(self, **changes: object) -> Self:
        """The same value with some fields changed, checked anew."""
        return self.model_validate(
            {**{name: getattr(self, name) for name in type(self).model_fields}, **changes}
        )


class Record(Value):
    """A root document: one aggregate, one compare-and-set.

    `version` counts the changes of the record and numbers its activity lines without a gap.
    """

    kind: ClassVar[str]  # the collection
    logged: ClassVar[bool] = True  # whether every change writes an activity line

    id: str = Field(min_length=1, max_length=200)
    tenant_id: str
    version: int = 0

    def admits(self, actor: Actor, scope: Scope) -> bool:
        """Whether this actor, of the same tenant, may touch this record in this scope; staff may."""
        return actor.is_staff and scope == "tenant"

    @classmethod
    def place(cls, key: str) -> str:
        """The path of the document with that id; most kinds lie at the root."""
        return f"{cls.kind}/{key}"

    def index_fields(self) -> Mapping[str, str | bool]:
        """Fields that are stored beside the record's own because queries want them."""
        return {}

    def beside(self) -> tuple[Record, ...]:
        """Records without a log that follow from this one alone: whatever changes it, they are written in the
        same commit wherever they have become others. Always the same number of them, in the same order."""
        return ()

    def says(self, before: Self | None) -> tuple[Effect, ...]:
        """Letters that a change of it calls for, whichever rule made it. `before` None: it is new."""
        return ()


class Activity(Value):
    """One numbered line in a record's log, written in the commit that made the change.

    `did` is a word of the domain ("offer_sent"); `details` hold ids, codes and numbers, never a
    name, phone or address. A manual note has `automatic` false and its text in `note`.
    """

    record_id: str
    number: int = Field(ge=1)
    at: datetime
    by_role: str
    by_user: str
    did: str
    details: Mapping[str, str | int | float | bool] = Field(default_factory=dict)
    note: Sealed = ""
    automatic: bool = True


R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Decision(Generic[R]):
    """What a rule wants: the record as it shall be, the word for what happened, and the letters to send.
    `figures`: numbers to be watched, said once the commit holds."""

    record: R
    did: str
    details: Mapping[str, str | int | float | bool] = field(default_factory=dict)
    effects: tuple[Effect, ...] = ()
    note: str = ""
    manual: bool = False
    figures: Mapping[str, float] = field(default_factory=dict)
