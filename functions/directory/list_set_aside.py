"""Rows of the customer that could not be understood, for whoever mends them at their source."""

from functions.directory.domain.sync import SetAsideRow
from functions.directory.domain.views import SetAsideView, set_aside_view
from shared.contracts.customer_rows import Collection
from shared.kernel.actors import Role
from shared.kernel.ports import Query
from shared.runtime.action import Page, Response, action, get
from shared.runtime.context import Context
from shared.runtime.pages import page_of


class ListSetAside(Page):
    collection: Collection


class SetAsideRows(Response):
    rows: tuple[SetAsideView, ...]
    next_page_token: str


@action(get("/v1/directory/set-aside"), role=Role.ADMIN)
def list_set_aside(req: ListSetAside, ctx: Context) -> SetAsideRows:
    """List rows of one collection that were set aside, the newest first."""
    wanted = Query(
        SetAsideRow.kind,
        where=(("collection", "==", req.collection.value),),
        order=(("at", "desc"), ("id", "asc")),
    )
    rows, following = page_of(ctx, SetAsideRow, req, wanted)
    return SetAsideRows(rows=tuple(set_aside_view(one) for one in rows), next_page_token=following)
