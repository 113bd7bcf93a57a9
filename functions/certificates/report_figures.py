"""Every five minutes: how many cases should have moved and have not, and how many wait for a person."""

from datetime import timedelta
from typing import Final

from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.certificate import Certificate
from functions.certificates.domain.listing import CaseFilter, cases_where, ended_leases, unanswered_clinics
from functions.certificates.domain.printing import OVERDUE, unprinted
from shared.runtime.action import Done, Request, action, schedule
from shared.runtime.context import Context

STUCK: Final = timedelta(minutes=10)
"""Sweepers look every minute, and every five for papers: what is so long overdue does not move by itself."""


class ReportFigures(Request):
    pass


@action(schedule("*/5 * * * *"))
def report_figures(req: ReportFigures, ctx: Context) -> Done:
    """Say how many certificates are stuck and how many cases wait for a person."""
    before = ctx.now - STUCK
    ctx.figures["certificates_stuck"] = (
        ctx.store.count(CertificateCase, ended_leases(before))
        + ctx.store.count(CertificateCase, unanswered_clinics(before))
        + ctx.store.count(Certificate, unprinted(before - OVERDUE))
    )
    waiting = cases_where(CaseFilter(waits_for_person=True))
    ctx.figures["certificates_wait_for_person"] = ctx.store.count(CertificateCase, waiting)
    return Done()
