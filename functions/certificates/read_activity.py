"""What happened to a certificate case, line by line: who did what when, without gaps."""

from pydantic import Field

from functions.certificates.domain.case import CertificateCase
from shared.kernel.actors import Role, Scope
from shared.kernel.records import Activity
from shared.runtime.action import Request, Response, action, get
from shared.runtime.context import Context


class ReadActivity(Request):
    case_id: str
    after: int = Field(0, ge=0, description="The number of the last line you have.")
    page_size: int = Field(50, ge=1, le=100)


class ActivityLines(Response):
    """`last_number` is the number of the newest line there is: read on until you have it."""

    lines: tuple[Activity, ...]
    last_number: int


@action(
    get("/v1/certificate-cases/{case_id}/activity"),
    role=(Role.OPERATOR, Role.DOCTOR, Role.ADMIN),
    scope=Scope.ASSIGNED,
    audited=True,
)
def read_activity(req: ReadActivity, ctx: Context) -> ActivityLines:
    """Read the log of a case, comments included, oldest line first."""
    case = ctx.store.get(CertificateCase, req.case_id)
    lines = ctx.store.activity(case, req.after, req.page_size)
    return ActivityLines(lines=tuple(lines), last_number=case.version)
