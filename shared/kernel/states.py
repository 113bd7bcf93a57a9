"""States as a table: the only way from one status to the next."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar, Self

from shared.kernel.errors import Conflict
from shared.kernel.records import Record


class NotPossibleNow(Conflict):
    """The record is in a state in which this cannot be done."""


class Stateful(Record):
    """A record whose `status` moves by its table alone. Subclasses declare `status` and TRANSITIONS."""

    transitions: ClassVar[Mapping[Any, Any]]  # (status, event) -> status, of the subclass's own enums

    def after(self, event: StrEnum, **changes: object) -> Self:
        """The record after this event; raises NotPossibleNow where the table has no row."""
        status: StrEnum = self.status  # type: ignore[attr-defined]  # declared by the subclass
        found = self.transitions.get((status, event))
        if found is None:
            raise NotPossibleNow(f"'{event}' is not possible while the status is '{status}'.")
        return self.but(status=found, **changes)

    def can(self, event: StrEnum) -> bool:
        return (self.status, event) in self.transitions  # type: ignore[attr-defined]  # declared by the subclass
