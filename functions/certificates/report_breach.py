"""One certificate is late: it is noted in its log, and its team lead gets a mail, once for each due day."""

from functions.certificates.domain.breaches import ReportBreach, breached
from functions.certificates.domain.case import CertificateCase
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("notices"))
def report_breach(req: ReportBreach, ctx: Context) -> Done:
    """Report a case whose due day has ended."""
    if ctx.store.find(CertificateCase, req.case_id) is not None:
        lead = ctx.settings.team_lead_mail
        ctx.store.change(CertificateCase, req.case_id, lambda case: breached(case, lead, ctx.now))
    return Done()
