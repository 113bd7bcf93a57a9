"""A link to the paper of a referral, for the employer who signs it, the person it is about, and staff."""

from functions.referrals.domain.printing import WorkPaper, link_to
from functions.referrals.domain.referral import Referral
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, get
from shared.runtime.context import Context


class DownloadReferral(Request):
    referral_id: str


@action(
    get("/v1/referrals/{referral_id}/paper"),
    role=(Role.EMPLOYER, Role.PATIENT, Role.OPERATOR),
    scope=Scope.OWN,
    audited=True,
)
def download_referral(req: DownloadReferral, ctx: Context) -> WorkPaper:
    """Get a short-lived link to the PDF of a referral."""
    it = ctx.store.get(Referral, req.referral_id)
    return link_to(ctx.files, it.file_name, it.paper_generation, it.paper_sha256, it.number)
