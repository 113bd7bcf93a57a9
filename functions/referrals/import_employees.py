"""An employer brings its list of employees: it gets a link that takes one file, once."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from functions.referrals.domain.employee_import import (
    BYTES_MAX,
    COMES_UNTIL,
    LINK_LIFE,
    TYPES,
    EmployeeImport,
    Format,
)
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, Response, action, post
from shared.runtime.context import Context


class ImportEmployees(Request):
    """`size` in bytes, exactly; `language` of what is said about faulty cells."""

    file_format: Format
    size: int = Field(ge=1, le=BYTES_MAX)
    language: Literal["pl", "en"] = "pl"


class ImportStarted(Response):
    """Send the file to `url` by `method` with all of `headers`, then finish the import."""

    import_id: str
    url: str
    method: str
    headers: dict[str, str]
    expires_at: datetime


@action(post("/v1/employee-imports"), role=Role.EMPLOYER, scope=Scope.OWN)
def import_employees(req: ImportEmployees, ctx: Context) -> ImportStarted:
    """Announce a list of employees and get the link to upload it."""
    it = EmployeeImport(
        id=ctx.new_id(),
        tenant_id=ctx.actor.tenant_id,
        employer_id=ctx.actor.record_id,
        file_format=req.file_format,
        language=req.language,
        size=req.size,
        announced_at=ctx.now,
        due_at=ctx.now + COMES_UNTIL,
    )
    ctx.store.create(it, "announced", size=req.size)
    link = ctx.files.upload_link(it.file, TYPES[req.file_format], req.size, LINK_LIFE)
    return ImportStarted(
        import_id=it.id,
        url=link.url,
        method=link.method,
        headers=dict(link.headers),
        expires_at=ctx.now + LINK_LIFE,
    )
