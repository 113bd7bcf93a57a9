"""A link to the monthly statement, for the employer and the administrator."""

from functions.referrals.domain.printing import LINK_LIFE
from functions.referrals.domain.statement import CONTENT_TYPE, Month, Statement, statement_id
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, Response, action, get
from shared.runtime.context import Context


class DownloadStatement(Request):
    employer_id: str
    month: Month


class StatementLink(Response):
    """`url` is good for a few minutes; `total` net, of what is paid beyond the packages."""

    url: str
    file_name: str
    lines: int
    over_limit: int
    credits: int
    total: str
    currency: str


@action(
    get("/v1/employers/{employer_id}/statements/{month}"),
    role=(Role.EMPLOYER, Role.ADMIN),
    scope=Scope.OWN,
    audited=True,
    asks_account=True,
)
def download_statement(req: DownloadStatement, ctx: Context) -> StatementLink:
    """Get a short-lived link to the statement of a month."""
    it = ctx.store.get(Statement, statement_id(req.employer_id, req.month))
    name = f"{it.month}.xlsx"
    url = ctx.files.download_link("clean", it.file_name, it.generation, name, CONTENT_TYPE, LINK_LIFE)
    return StatementLink(
        url=url,
        file_name=name,
        lines=it.lines,
        over_limit=it.over_limit,
        credits=it.credits,
        total=f"{it.total:f}",
        currency=it.currency,
    )
