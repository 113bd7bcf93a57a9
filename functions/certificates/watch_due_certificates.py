"""Certificates that are late: each is reported to the team lead once, however often this looks.

Each in a commit of its own, so that one that cannot be reported keeps nobody from the others.
"""

from functions.certificates.domain.breaches import ReportBreach
from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.listing import overdue
from shared.runtime.action import Request, Response, action, schedule
from shared.runtime.context import Context


class WatchDueCertificates(Request):
    pass


class Found(Response):
    late: int


@action(schedule("*/5 * * * *"))
def watch_due_certificates(req: WatchDueCertificates, ctx: Context) -> Found:
    """Report every open case whose due day has ended."""
    found = ctx.store.select(CertificateCase, overdue(ctx.now))
    for case in found:
        ctx.at_once(ReportBreach(case_id=case.id))
    return Found(late=len(found))
