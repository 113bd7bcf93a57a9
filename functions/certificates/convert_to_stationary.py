"""The patient must be examined: a remote case gets an appointment, or an examination another one."""

from functions.certificates.domain.arranging import Wish, arranged
from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.case_file import keep
from functions.certificates.domain.views import CaseView, staff_view
from shared.contracts.directory import Clinic, Doctor
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class ConvertToStationary(Request, Wish):
    case_id: str


@action(post("/v1/certificate-cases/{case_id}:convert-to-stationary"), role=Role.OPERATOR)
def convert_to_stationary(req: ConvertToStationary, ctx: Context) -> CaseView:
    """Arrange an examination for a case, instead of what was arranged before."""
    ctx.store.prefetch((CertificateCase, req.case_id), (Clinic, req.clinic_id), (Doctor, req.doctor_id))
    case = ctx.store.get(CertificateCase, req.case_id)
    clinic, doctor = ctx.store.get(Clinic, req.clinic_id), ctx.store.get(Doctor, req.doctor_id)
    return staff_view(keep(case, arranged(case, req, clinic, doctor, ctx.now), ctx.store), ctx.now)
