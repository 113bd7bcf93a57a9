"""The guarantee behind the tasks that print: a referral or certificate without its paper is found."""

from functions.referrals.domain.fitness import FitnessCertificate
from functions.referrals.domain.fitness_letters import PrintFitness
from functions.referrals.domain.letters import PrintReferral
from functions.referrals.domain.printing import OVERDUE, unprinted
from functions.referrals.domain.referral import Referral
from shared.runtime.action import Needs, Request, Response, action, schedule
from shared.runtime.context import Context


class SweepWorkPapers(Request):
    pass


class WorkPapersMissing(Response):
    missing: int


@action(schedule("*/5 * * * *"), needs=Needs(memory_mb=1024, timeout_seconds=300))
def sweep_work_papers(req: SweepWorkPapers, ctx: Context) -> WorkPapersMissing:
    """Print whatever lost its task."""
    before = ctx.now - OVERDUE
    referrals = ctx.store.select(Referral, unprinted(Referral.kind, before))
    certificates = ctx.store.select(FitnessCertificate, unprinted(FitnessCertificate.kind, before))
    for referral in referrals:
        ctx.at_once(PrintReferral(referral_id=referral.id))
    for certificate in certificates:
        ctx.at_once(PrintFitness(certificate_id=certificate.id))
    return WorkPapersMissing(missing=len(referrals) + len(certificates))
