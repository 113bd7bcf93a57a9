"""A person writes into the log of a visit: a phone call, a promise, a doubt."""

from pydantic import Field

from functions.house_visits.domain.keeping import note
from functions.house_visits.domain.visit import Visit
from shared.kernel.actors import Role
from shared.runtime.action import Request, Response, action, post
from shared.runtime.context import Context

NOTE_LENGTH_MAX = 2000


class AddNote(Request):
    """`settled`: what the visit waited for has been seen to."""

    visit_id: str
    text: str = Field(min_length=1, max_length=NOTE_LENGTH_MAX)
    settled: bool = False


class NoteAdded(Response):
    visit_id: str
    version: int


@action(post("/v1/house-visits/{visit_id}:add-note"), role=(Role.OPERATOR, Role.ADMIN))
def add_note(req: AddNote, ctx: Context) -> NoteAdded:
    """Add a note to the log of a visit."""
    visit = ctx.store.change(Visit, req.visit_id, lambda now: note(now, req.text, settled=req.settled))
    return NoteAdded(visit_id=visit.id, version=visit.version)
