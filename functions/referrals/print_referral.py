"""The paper of a referral is made and put into storage, once."""

from functions.referrals.domain.letters import PrintReferral
from functions.referrals.domain.printing import in_storage, referral_printed
from functions.referrals.domain.referral import Referral
from functions.referrals.domain.referral_paper import referral_paper
from shared.contracts.papers import PaperIssuer
from shared.runtime.action import Done, Needs, action, task
from shared.runtime.context import Context


@action(task("papers"), needs=Needs(memory_mb=1024, timeout_seconds=120, concurrency=4))
def print_referral(req: PrintReferral, ctx: Context) -> Done:
    """Print a referral in the form of its country."""
    referral = ctx.store.find(Referral, req.referral_id)
    if referral is None or referral.paper_generation is not None or not referral.is_open:
        return Done()
    issuer = PaperIssuer(name=ctx.settings.issuer_name, address_lines=ctx.settings.issuer_address)
    paper = referral_paper(referral, issuer)
    filed = in_storage(ctx.files, referral.file_name, lambda: ctx.papers.sign(ctx.papers.referral(paper)))
    ctx.store.apply(referral_printed(referral, filed))
    return Done()
