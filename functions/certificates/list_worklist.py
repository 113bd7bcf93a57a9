"""A doctor's worklist: what they examine or have reserved, and what any doctor may take."""

from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.listing import WorklistRow, worklist_of, worklist_row_of
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Page, Response, action, get
from shared.runtime.context import Context
from shared.runtime.pages import page_of


class ListWorklist(Page):
    pass


class Worklist(Response):
    cases: tuple[WorklistRow, ...]
    next_page_token: str


@action(get("/v1/my-certificate-worklist"), role=Role.DOCTOR, scope=Scope.OFFERED)
def list_worklist(req: ListWorklist, ctx: Context) -> Worklist:
    """List the cases you may work on: the most urgent first, then by due day."""
    me = ctx.actor.record_id
    found, next_page = page_of(ctx, CertificateCase, req, worklist_of(me))
    rows = tuple(worklist_row_of(one, me, ctx.now) for one in found)
    return Worklist(cases=rows, next_page_token=next_page)
