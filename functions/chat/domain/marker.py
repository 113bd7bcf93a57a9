"""How far a person has read a thread. A marker never moves back."""

from datetime import datetime
from typing import ClassVar, Final

from pydantic import Field

from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.errors import Invalid
from shared.kernel.records import Record

OWN_MAX: Final = 500
"""Of so many own messages behind the marker it is known that they are the reader's; more count as unread."""


class NotThereYet(Invalid):
    """The thread has no such message yet: mark what you have seen."""


class ReadMarker(Record):
    """`up_to` is the number of the last message that was read. `own`: the reader's messages behind it.

    `nudge_at`: when a doctor who has not read by then gets a text. `nudged`: up to which message they have
    had one: until they read, there is no second.
    """

    kind: ClassVar[str] = "read_markers"
    logged: ClassVar[bool] = False

    thread_id: str
    seat: str
    up_to: int = Field(0, ge=0)
    own: tuple[int, ...] = Field(default=(), max_length=OWN_MAX)
    nudge_at: datetime | None = None
    nudged: int = 0

    def admits(self, actor: Actor, scope: Scope) -> bool:
        return actor.is_staff or (scope == Scope.CASE and actor.role == Role.DOCTOR)

    def unread(self, last_number: int) -> int:
        """What others wrote behind the marker."""
        return max(0, last_number - self.up_to - len(self.own))

    def read(self, up_to: int, last_number: int, spoken: int) -> "ReadMarker":
        """`spoken`: the last message of a person: who has read it waits for no text. Raises NotThereYet."""
        if up_to > last_number:
            raise NotThereYet
        if up_to <= self.up_to:
            return self
        own = tuple(one for one in self.own if one > up_to)
        after = self.but(up_to=up_to, own=own)
        return after if after.unread(last_number) and up_to < spoken else after.but(nudge_at=None)

    def wrote(self, number: int) -> "ReadMarker":
        """Who has read everything before it has read their own, too."""
        if self.up_to == number - 1:
            return self.but(up_to=number)
        return self.but(own=(*self.own, number)[-OWN_MAX:])


def marker_id(thread_id: str, seat: str) -> str:
    return f"{thread_id}.{seat}"
