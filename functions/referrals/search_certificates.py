"""Certificates of fitness, found by what is known of them: which run out, whose, of which positions."""

from functions.referrals.domain.asking import asker_of
from functions.referrals.domain.certificate_rows import CertificateRow, row_of
from functions.referrals.domain.certificate_search import CertificateFilter, certificates_where, is_meant
from functions.referrals.domain.fitness import FitnessCertificate
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Page, Response, action, look_up
from shared.runtime.context import Context
from shared.runtime.pages import page_of


class SearchCertificates(Page, CertificateFilter):
    pass


class CertificatesFound(Response):
    certificates: tuple[CertificateRow, ...]
    next_page_token: str


@action(
    look_up("/v1/fitness-certificates:search"),
    role=(Role.EMPLOYER, Role.OPERATOR, Role.ADMIN),
    scope=Scope.OWN,
    audited=True,
)
def search_certificates(req: SearchCertificates, ctx: Context) -> CertificatesFound:
    """Search certificates of fitness; an employer finds its own, by what it may see."""
    asker = asker_of(ctx.store, ctx.actor, ctx.settings.country, ctx.settings.zone, ctx.now)
    query = certificates_where(req, asker, ctx.ports.seals)
    found, next_page = page_of(ctx, FitnessCertificate, req, query)
    is_employer = ctx.actor.role == Role.EMPLOYER
    rows = tuple(row_of(one, for_employer=is_employer) for one in found if is_meant(one, req))
    return CertificatesFound(certificates=rows, next_page_token=next_page)
