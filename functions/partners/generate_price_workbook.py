"""The prices of some institutes as a workbook: to be changed, and brought back by `import_price_list`."""

import hashlib
from datetime import datetime, timedelta
from typing import Final

from pydantic import Field

from functions.partners.domain.institute import Institute
from functions.partners.domain.price_plan import price_plan
from functions.partners.domain.template_words import Spoken
from functions.partners.domain.upload import ROOM
from shared.contracts.workbook_names import XLSX
from shared.kernel.actors import Role
from shared.kernel.errors import NotFound
from shared.runtime.action import Needs, Request, Response, action, get
from shared.runtime.context import Context

LINK_LIFE: Final = timedelta(minutes=5)


class GeneratePriceWorkbook(Request):
    """`institute_ids`: 1 to 40, in the order in which they shall stand there."""

    institute_ids: tuple[str, ...] = Field(min_length=1, max_length=40)
    language: Spoken = "pl"


class PriceWorkbook(Response):
    url: str
    sha256: str
    expires_at: datetime


@action(get("/v1/price-lists/workbook"), role=Role.ADMIN, needs=Needs(memory_mb=512, concurrency=2))
def generate_price_workbook(req: GeneratePriceWorkbook, ctx: Context) -> PriceWorkbook:
    """Get a link to the prices of institutes as an Excel workbook."""
    wanted = tuple(dict.fromkeys(req.institute_ids))
    institutes = ctx.store.find_many(Institute, wanted)
    if len(institutes) < len(wanted):
        raise NotFound
    content = ctx.ports.workbooks.write(price_plan(institutes, ctx.now.date(), req.language))
    sha256 = hashlib.sha256(content).hexdigest()
    name = f"{ROOM}{ctx.actor.tenant_id}/price-workbooks/{sha256[:32]}"
    generation = ctx.files.put("clean", name, content, XLSX)
    url = ctx.files.download_link("clean", name, generation, "visita-ceny.xlsx", XLSX, LINK_LIFE)
    return PriceWorkbook(url=url, sha256=sha256, expires_at=ctx.now + LINK_LIFE)
