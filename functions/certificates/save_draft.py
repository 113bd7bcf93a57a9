"""A doctor saves their opinion while they work on it, also what is not complete yet.

A draft is its author's alone. It outlives the reservation: who was interrupted, or whose lease has ended,
finds it again, and what a second tab was still saving when the case was given back is not lost.
"""

from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.drafting import DraftView, view_of
from functions.certificates.domain.opinion import Draft, Opinion, draft_id, saved
from shared.kernel.actors import Role, Scope
from shared.kernel.errors import NotFound
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class SaveDraft(Request):
    """`version` is that of the draft as you read it; 0 the first time."""

    case_id: str
    version: int
    opinion: Opinion


@action(post("/v1/certificate-cases/{case_id}/draft"), role=Role.DOCTOR, scope=Scope.ASSIGNED)
def save_draft(req: SaveDraft, ctx: Context) -> DraftView:
    """Save your opinion on a case; the answer says what it comes to and what it lacks."""
    key = draft_id(req.case_id, ctx.actor.record_id)
    ctx.store.prefetch((CertificateCase, req.case_id), (Draft, key))
    case, before = ctx.store.find(CertificateCase, req.case_id), ctx.store.find(Draft, key)
    if case is None and before is None:
        raise NotFound
    draft = before or Draft(
        id=key,
        tenant_id=ctx.actor.tenant_id,
        case_id=req.case_id,
        doctor_id=ctx.actor.record_id,
        opinion_json="",
    )
    after = ctx.store.apply(saved(draft, req.opinion, req.version))
    return view_of(after, case, ctx.now)
