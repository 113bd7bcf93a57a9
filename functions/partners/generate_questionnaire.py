"""The questionnaire of one partner: the same partner gets the same file."""

import hashlib
from datetime import datetime, timedelta
from typing import Final

from functions.partners.domain.partner import Partner
from functions.partners.domain.questionnaire_plan import questionnaire_plan
from functions.partners.domain.template import TEMPLATE_VERSION, signed_text
from functions.partners.domain.template_words import Spoken
from functions.partners.domain.upload import ROOM
from shared.contracts.workbook_names import XLSX
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Needs, Request, Response, action, get
from shared.runtime.context import Context

LINK_LIFE: Final = timedelta(minutes=5)


class GenerateQuestionnaire(Request):
    """`language` is the partner's own where it is left out."""

    partner_id: str
    language: Spoken | None = None


class Questionnaire(Response):
    url: str
    version: int
    sha256: str
    expires_at: datetime


@action(
    get("/v1/partners/{partner_id}/questionnaire"),
    role=(Role.PARTNER, Role.ADMIN, Role.OPERATOR),
    scope=Scope.OWN,
    needs=Needs(memory_mb=512, concurrency=4),
)
def generate_questionnaire(req: GenerateQuestionnaire, ctx: Context) -> Questionnaire:
    """Get a link to the questionnaire as an Excel workbook."""
    partner = ctx.store.get(Partner, req.partner_id)
    language = req.language or partner.language
    text = signed_text(TEMPLATE_VERSION, partner.id, language)
    signature = ctx.ports.seals.lookup_key(ctx.actor.tenant_id, text)
    content = ctx.ports.workbooks.write(questionnaire_plan(partner.id, partner.name, language, signature))
    sha256 = hashlib.sha256(content).hexdigest()
    name = f"{ROOM}{ctx.actor.tenant_id}/questionnaires/{sha256[:32]}"
    generation = ctx.files.put("clean", name, content, XLSX)
    filename = f"visita-{language}-v{TEMPLATE_VERSION}.xlsx"
    url = ctx.files.download_link("clean", name, generation, filename, XLSX, LINK_LIFE)
    return Questionnaire(url=url, version=TEMPLATE_VERSION, sha256=sha256, expires_at=ctx.now + LINK_LIFE)
