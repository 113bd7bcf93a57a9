"""Every five minutes: how many referrals should have moved and have not, and how many wait for a person."""

from datetime import timedelta
from typing import Final

from functions.referrals.domain.booking import unanswered
from functions.referrals.domain.fitness import FitnessCertificate
from functions.referrals.domain.printing import OVERDUE, unprinted
from functions.referrals.domain.referral import Referral
from functions.referrals.domain.referral_search import ReferralFilter, referrals_where
from shared.runtime.action import Done, Request, action, schedule
from shared.runtime.context import Context

STUCK: Final = timedelta(minutes=10)
"""Sweepers look every minute, and every five for papers: what is so long overdue does not move by itself."""


class ReportFigures(Request):
    pass


@action(schedule("*/5 * * * *"))
def report_figures(req: ReportFigures, ctx: Context) -> Done:
    """Say how many referrals are stuck and how many wait for a person."""
    before = ctx.now - STUCK
    ctx.figures["referrals_stuck"] = (
        ctx.store.count(Referral, unanswered(before))
        + ctx.store.count(Referral, unprinted(Referral.kind, before - OVERDUE))
        + ctx.store.count(FitnessCertificate, unprinted(FitnessCertificate.kind, before - OVERDUE))
    )
    asked, me = ReferralFilter(waits_for_person=True), ctx.actor
    waiting = referrals_where(asked, "", ctx.ports.seals, me.tenant_id, ctx.settings.zone)
    ctx.figures["referrals_wait_for_person"] = ctx.store.count(Referral, waiting)
    return Done()
