"""The certificates of a case, a patient or a doctor, for staff; without what they say."""

from pydantic import Field

from functions.certificates.domain.certificate import Certificate
from functions.certificates.domain.certificate_lists import by
from functions.certificates.domain.certificate_views import CertificateRow, row_of
from shared.kernel.actors import Role
from shared.runtime.action import Page, Response, action, get
from shared.runtime.context import Context
from shared.runtime.pages import page_of


class ListCertificates(Page):
    """At most one of them."""

    case_id: str = Field("", max_length=60)
    patient_id: str = Field("", max_length=60)
    doctor_id: str = Field("", max_length=60)


class Certificates(Response):
    certificates: tuple[CertificateRow, ...]
    next_page_token: str


@action(get("/v1/certificates"), role=(Role.OPERATOR, Role.ADMIN))
def list_certificates(req: ListCertificates, ctx: Context) -> Certificates:
    """List certificates, the newest first."""
    found, next_page = page_of(ctx, Certificate, req, by(req.case_id, req.patient_id, req.doctor_id))
    return Certificates(certificates=tuple(row_of(one) for one in found), next_page_token=next_page)
