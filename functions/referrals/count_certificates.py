"""How many certificates of fitness a search would find, asked for apart from its rows."""

from functions.referrals.domain.asking import asker_of
from functions.referrals.domain.certificate_search import CertificateFilter, certificates_where
from functions.referrals.domain.counting import Counted, counted
from functions.referrals.domain.fitness import FitnessCertificate
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, Response, action, look_up
from shared.runtime.context import Context


class CountCertificates(Request, CertificateFilter):
    pass


class CertificatesCounted(Response, Counted):
    pass


@action(
    look_up("/v1/fitness-certificates:count"),
    role=(Role.EMPLOYER, Role.OPERATOR, Role.ADMIN),
    scope=Scope.OWN,
)
def count_certificates(req: CountCertificates, ctx: Context) -> CertificatesCounted:
    """Count certificates of fitness; an employer counts its own, by what it may see."""
    asker = asker_of(ctx.store, ctx.actor, ctx.settings.country, ctx.settings.zone, ctx.now)
    query = certificates_where(req, asker, ctx.ports.seals)
    return CertificatesCounted(**counted(ctx.store, FitnessCertificate, query, req.name))
