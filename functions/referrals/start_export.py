"""Somebody wants the whole result of a search as a workbook; it is made in the background."""

from typing import Literal

from functions.referrals.domain.asked import Asked, query_of_asked
from functions.referrals.domain.asking import asker_of
from functions.referrals.domain.export import (
    LOOK_AGAIN,
    ROWS_MAX,
    ExportView,
    SearchExport,
    TooManyRows,
    view_of,
)
from functions.referrals.domain.export_reading import kind_of
from shared.kernel.actors import Role, Scope
from shared.kernel.ports import Query
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class StartExport(Request, Asked):
    """`language` of the headings."""

    language: Literal["pl", "en"] = "pl"


@action(
    post("/v1/exports"),
    role=(Role.EMPLOYER, Role.OPERATOR, Role.ADMIN),
    scope=Scope.OWN,
    audited=True,
    asks_account=True,
)
def start_export(req: StartExport, ctx: Context) -> ExportView:
    """Export referrals or certificates of fitness as an Excel workbook."""
    asked = Asked(referrals=req.referrals, certificates=req.certificates)
    asker = asker_of(ctx.store, ctx.actor, ctx.settings.country, ctx.settings.zone, ctx.now)
    query = query_of_asked(asked, asker, ctx.ports.seals)
    bounded = Query(query.collection, query.where, query.order, limit=ROWS_MAX + 1)
    expected = ctx.store.count(kind_of(asked), bounded)
    if expected > ROWS_MAX:
        raise TooManyRows
    it = SearchExport(
        id=ctx.new_id(),
        tenant_id=ctx.actor.tenant_id,
        employer_id=asker.employer_id,
        country=asker.profile.country if asker.profile else "",
        what=asked.what,
        asked_json=asked.model_dump_json(exclude_none=True),
        language=req.language,
        day=asker.today,
        expected=expected,
        asked_at=ctx.now,
        due_at=ctx.now + LOOK_AGAIN,
    )
    ctx.store.create(it, "asked", effects=(it.next_step(ctx.now),), rows=expected)
    return view_of(it, ctx.files)
