"""What an action is given: who acts, one instant, the store, and the sockets it may ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from shared.kernel.actors import Actor
from shared.runtime import log, spans

if TYPE_CHECKING:
    from shared.contracts.ports import Papers
    from shared.kernel.effects import Message
    from shared.kernel.ports import Files
    from shared.kernel.records import Record
    from shared.runtime.ledger import Ledger
    from shared.runtime.outbox import Outbox
    from shared.runtime.settings import Settings
    from shared.runtime.wiring import Wiring


@dataclass(frozen=True)
class Context:
    """One call. An action may run several times before its commit holds: everything it reaches from
    here is either read, staged in `store`, or idempotent by a key."""

    actor: Actor
    now: datetime
    store: Ledger
    new_id: Callable[[], str]
    ports: Wiring
    outbox: Outbox
    settings: Settings
    trace: str
    at_once: Callable[[Message], None]
    """Run the action of that message now, as a call of its own with a commit of its own, whatever becomes of
    this one: for sweepers, whom no queue that is away may stop. What goes wrong with it is logged."""

    figures: dict[str, float]
    """Numbers to be watched, by name; said in the log as one line `figures`, once the commit holds."""

    answers: list[str]
    """The `origin` of every question that a person may have answered by this call; "" is passed over. Where
    it is one, this call and its letters go on in the trace in which it was asked."""

    broken: list[tuple[str, str]] = field(default_factory=list)
    """Records that were found to contradict themselves, each with the names of its promises."""

    def promise_broken(self, record: Record, promises: str) -> None:
        """Wake somebody once the commit holds: a look that lost a race may have seen two halves."""
        self.broken.append((record.place(record.id), promises))

    @property
    def origin(self) -> str:
        """This call in its trace: kept with a question to somebody, whose answer names it (`answers`)."""
        return spans.carried(self.trace, log.span.get())

    @property
    def papers(self) -> Papers:
        """The same paper gives the same bytes. Signing gives others each time: keep the first."""
        return self.ports.papers

    @property
    def files(self) -> Files:
        """Private storage: its calls may be repeated, they go by name."""
        return self.ports.files
