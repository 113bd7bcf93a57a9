"""A doctor signs for fitness: decisions and dates become a certificate with a number of its own.

Referral, certificate, number, unit and the person's list are one commit. Only soon after signing in.
"""

from functions.referrals.domain.deciding import Verdict
from functions.referrals.domain.fitness_views import DoctorFitness, doctor_fitness
from functions.referrals.domain.referral import Referral
from functions.referrals.domain.signing import VERIFY_PATH, SigningTable
from functions.referrals.domain.superseding import check_revision
from shared.contracts.papers import PaperIssuer
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class IssueFitnessCertificate(Request, Verdict):
    """`revision` is that of the referral you have examined by."""

    referral_id: str
    revision: int


@action(
    post("/v1/referrals/{referral_id}:certify"), role=Role.DOCTOR, scope=Scope.ASSIGNED, recent_sign_in=True
)
def issue_fitness_certificate(req: IssueFitnessCertificate, ctx: Context) -> DoctorFitness:
    """Sign whether a referred person is fit for their work."""
    said = ctx.settings
    table = SigningTable(
        store=ctx.store,
        doctor_id=ctx.actor.record_id,
        issuer=PaperIssuer(name=said.issuer_name, address_lines=said.issuer_address),
        issuer_code=said.issuer_code,
        check_url=said.check_url or f"{said.public_url}{VERIFY_PATH}",
        seals=ctx.ports.seals,
        new_id=ctx.new_id,
        now=ctx.now,
    )
    referral = ctx.store.get(Referral, req.referral_id)
    check_revision(referral, req.revision)
    return doctor_fitness(table.sign(referral, req))
