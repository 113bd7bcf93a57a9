"""Digests that no contact of an employer took: somebody should call them, and put an address right."""

from datetime import date

from functions.referrals.domain.digest import ReminderDigest, undelivered
from shared.kernel.actors import Role
from shared.kernel.records import Value
from shared.runtime.action import Page, Response, action, get
from shared.runtime.context import Context
from shared.runtime.pages import page_of


class ListFailedDigests(Page):
    pass


class FailedDigest(Value):
    digest_id: str
    employer_id: str
    day: date
    rows: int
    tried: int


class FailedDigests(Response):
    digests: tuple[FailedDigest, ...]
    next_page_token: str


@action(get("/v1/failed-digests"), role=(Role.OPERATOR, Role.ADMIN))
def list_failed_digests(req: ListFailedDigests, ctx: Context) -> FailedDigests:
    """List reminders that could not be mailed to anybody, the newest first."""
    found, token = page_of(ctx, ReminderDigest, req, undelivered())
    rows = tuple(
        FailedDigest(
            digest_id=one.id, employer_id=one.employer_id, day=one.day, rows=one.rows, tried=one.tried
        )
        for one in found
    )
    return FailedDigests(digests=rows, next_page_token=token)
