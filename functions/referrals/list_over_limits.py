"""Requests for units over the limit that wait for an answer, the oldest first."""

from functions.referrals.domain.over_limit import OverLimit
from functions.referrals.domain.over_limit_view import OverLimitView, view_of, waiting
from shared.kernel.actors import Role
from shared.runtime.action import Page, Response, action, get
from shared.runtime.context import Context
from shared.runtime.pages import page_of


class ListOverLimits(Page):
    pass


class OverLimits(Response):
    over_limits: tuple[OverLimitView, ...]
    next_page_token: str


@action(get("/v1/over-limits"), role=Role.ADMIN)
def list_over_limits(req: ListOverLimits, ctx: Context) -> OverLimits:
    """List the requests for units over the limit that wait."""
    found, token = page_of(ctx, OverLimit, req, waiting())
    return OverLimits(over_limits=tuple(view_of(one) for one in found), next_page_token=token)
