"""Institutes with their sites, page by page."""

from functions.partners.domain.institute import Institute
from functions.partners.domain.views import InstituteView, institute_view
from shared.kernel.actors import Role
from shared.kernel.ports import Query
from shared.runtime.action import Page, Response, action, get
from shared.runtime.context import Context
from shared.runtime.pages import page_of


class ListSites(Page):
    pass


class Sites(Response):
    institutes: tuple[InstituteView, ...]
    next_page_token: str


@action(get("/v1/institutes"), role=(Role.ADMIN, Role.OPERATOR))
def list_sites(req: ListSites, ctx: Context) -> Sites:
    """List institutes with their sites and price lists, by name."""
    wanted = Query(Institute.kind, order=(("name", "asc"), ("id", "asc")))
    rows, following = page_of(ctx, Institute, req, wanted)
    return Sites(institutes=tuple(institute_view(one) for one in rows), next_page_token=following)
