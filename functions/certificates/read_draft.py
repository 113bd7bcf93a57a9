"""A doctor finds their draft again, also after the case went to somebody else."""

from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.drafting import DraftView, view_of
from functions.certificates.domain.opinion import Draft, draft_id
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, get
from shared.runtime.context import Context


class ReadDraft(Request):
    case_id: str


@action(get("/v1/certificate-cases/{case_id}/draft"), role=Role.DOCTOR, scope=Scope.ASSIGNED, audited=True)
def read_draft(req: ReadDraft, ctx: Context) -> DraftView:
    """Read your own draft."""
    key = draft_id(req.case_id, ctx.actor.record_id)
    ctx.store.prefetch((CertificateCase, req.case_id), (Draft, key))
    return view_of(ctx.store.get(Draft, key), ctx.store.find(CertificateCase, req.case_id), ctx.now)
