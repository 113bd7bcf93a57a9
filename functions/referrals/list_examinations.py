"""A doctor's examinations to come and of today, the earliest first."""

from datetime import timedelta

from functions.referrals.domain.examining import ExaminationRow, assigned_to, row_of
from functions.referrals.domain.referral import Referral
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Page, Response, action, get
from shared.runtime.context import Context
from shared.runtime.pages import page_of

BACK = timedelta(days=7)


class ListExaminations(Page):
    """From a week ago on: what was examined and not signed yet is still there."""


class Examinations(Response):
    examinations: tuple[ExaminationRow, ...]
    next_page_token: str


@action(get("/v1/assigned-referrals"), role=Role.DOCTOR, scope=Scope.ASSIGNED)
def list_examinations(req: ListExaminations, ctx: Context) -> Examinations:
    """List the referred people in your diary."""
    since = ctx.now - BACK
    found, token = page_of(ctx, Referral, req, assigned_to(ctx.actor.record_id, since))
    return Examinations(examinations=tuple(row_of(one) for one in found), next_page_token=token)
