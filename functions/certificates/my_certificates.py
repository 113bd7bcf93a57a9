"""A patient's own certificates; whose they are stands in the token."""

from functions.certificates.domain.certificate import Certificate
from functions.certificates.domain.certificate_lists import of_patient
from functions.certificates.domain.certificate_views import OwnCertificate, own_view
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Page, Response, action, get
from shared.runtime.context import Context
from shared.runtime.pages import page_of


class MyCertificates(Page):
    pass


class OwnCertificates(Response):
    certificates: tuple[OwnCertificate, ...]
    next_page_token: str


@action(get("/v1/my-certificates"), role=Role.PATIENT, scope=Scope.OWN, audited=True)
def my_certificates(req: MyCertificates, ctx: Context) -> OwnCertificates:
    """List your own certificates, the newest first."""
    found, next_page = page_of(ctx, Certificate, req, of_patient(ctx.actor.record_id))
    return OwnCertificates(certificates=tuple(own_view(one) for one in found), next_page_token=next_page)
