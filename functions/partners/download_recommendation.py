"""A recommendation to hand on: one page as PDF, or all of it as a workbook."""

import hashlib
from datetime import datetime, timedelta
from typing import Final, Literal

from functions.partners.domain.partner import Partner
from functions.partners.domain.printing import paper_of
from functions.partners.domain.recommendation import Recommendation
from functions.partners.domain.recommendation_plan import recommendation_plan
from functions.partners.domain.template_words import Spoken
from functions.partners.domain.upload import ROOM
from shared.contracts.workbook_names import XLSX
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Needs, Request, Response, action, get
from shared.runtime.context import Context

LINK_LIFE: Final = timedelta(minutes=5)
PDF: Final = "application/pdf"


class DownloadRecommendation(Request):
    recommendation_id: str
    form: Literal["pdf", "xlsx"] = "pdf"
    language: Spoken = "pl"


class RecommendationFile(Response):
    url: str
    content_type: str
    sha256: str
    expires_at: datetime


@action(
    get("/v1/recommendations/{recommendation_id}:download"),
    role=(Role.PARTNER, Role.ADMIN, Role.OPERATOR),
    scope=Scope.OWN,
    needs=Needs(memory_mb=1024, concurrency=2),
)
def download_recommendation(req: DownloadRecommendation, ctx: Context) -> RecommendationFile:
    """Get a link to a recommendation as a PDF of one page, or as a workbook."""
    one = ctx.store.get(Recommendation, req.recommendation_id)
    name = ctx.store.get(Partner, one.partner_id).name
    if req.form == "pdf":
        kind, content = PDF, ctx.ports.papers.recommendation(paper_of(one, name, req.language))
    else:
        kind, content = XLSX, ctx.ports.workbooks.write(recommendation_plan(one, name, req.language))
    sha256 = hashlib.sha256(content).hexdigest()
    file = f"{ROOM}{one.tenant_id}/recommendations/{sha256[:32]}"
    generation = ctx.files.put("clean", file, content, kind)
    saved_as = f"visita-{one.id}.{req.form}"
    url = ctx.files.download_link("clean", file, generation, saved_as, kind, LINK_LIFE)
    return RecommendationFile(url=url, content_type=kind, sha256=sha256, expires_at=ctx.now + LINK_LIFE)
