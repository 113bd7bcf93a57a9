"""Messages that crashed every time they were tried, for whoever mends the cause."""

from datetime import datetime

from shared.kernel.actors import Role
from shared.kernel.ports import Query
from shared.runtime.action import Request, Response, action, get
from shared.runtime.context import Context
from shared.runtime.dead_letters import DeadLetter

LETTERS_MAX = 100


class ListDeadLetters(Request):
    pass


class DeadLetterView(Response):
    letter_id: str
    entry_point: str
    error: str
    buried_at: datetime
    replayed_at: datetime | None


class DeadLetters(Response):
    letters: tuple[DeadLetterView, ...]


@action(get("/v1/dead-letters"), role=Role.ADMIN)
def list_dead_letters(req: ListDeadLetters, ctx: Context) -> DeadLetters:
    """List buried messages, the newest first."""
    newest = Query(DeadLetter.kind, order=(("buried_at", "desc"), ("id", "asc")), limit=LETTERS_MAX)
    found = ctx.store.select(DeadLetter, newest)
    return DeadLetters(
        letters=tuple(
            DeadLetterView(
                letter_id=one.id,
                entry_point=one.entry_point,
                error=one.error,
                buried_at=one.buried_at,
                replayed_at=one.replayed_at,
            )
            for one in found
        )
    )
