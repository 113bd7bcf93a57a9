"""The searches that people make: what is due first stands first."""

from pydantic import Field

from functions.house_visits.domain.listing import OutsideRow, outside_row_of, outside_work
from functions.house_visits.domain.visit import Visit
from shared.kernel.actors import Role
from shared.runtime.action import Page, Response, action, get
from shared.runtime.context import Context
from shared.runtime.pages import page_of


class ListOutsideWork(Page):
    """`owner`: whose; "" for what nobody has taken on yet; left out for all."""

    owner: str | None = Field(None, max_length=120)


class OutsideWorkList(Response):
    work: tuple[OutsideRow, ...]
    next_page_token: str


@action(get("/v1/outside-work"), role=(Role.OPERATOR, Role.ADMIN))
def list_outside_work(req: ListOutsideWork, ctx: Context) -> OutsideWorkList:
    """List the open searches outside the system by when they are due."""
    found, next_page = page_of(ctx, Visit, req, outside_work(req.owner))
    return OutsideWorkList(work=tuple(outside_row_of(one) for one in found), next_page_token=next_page)
