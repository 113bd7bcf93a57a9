"""What happened to a visit, line by line: who did what when, without gaps."""

from pydantic import Field

from functions.house_visits.domain.visit import Visit
from shared.kernel.actors import Role
from shared.kernel.records import Activity
from shared.runtime.action import Request, Response, action, get
from shared.runtime.context import Context


class ReadActivity(Request):
    visit_id: str
    after: int = Field(0, ge=0, description="The number of the last line you have.")
    page_size: int = Field(50, ge=1, le=100)


class ActivityLines(Response):
    """`last_number` is the number of the newest line there is: read on until you have it."""

    lines: tuple[Activity, ...]
    last_number: int


@action(get("/v1/house-visits/{visit_id}/activity"), role=(Role.OPERATOR, Role.ADMIN), audited=True)
def read_activity(req: ReadActivity, ctx: Context) -> ActivityLines:
    """Read the log of a visit, oldest line first."""
    visit = ctx.store.get(Visit, req.visit_id)
    lines = ctx.store.activity(visit, req.after, req.page_size)
    return ActivityLines(lines=tuple(lines), last_number=visit.version)
