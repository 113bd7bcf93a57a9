"""The call centre's list of certificate cases: what is due, and what waits for a person."""

from pydantic import Field

from functions.certificates.domain.case import CaseStatus, CertificateCase, Modality, Priority
from functions.certificates.domain.listing import CaseFilter, CaseRow, cases_where, row_of
from shared.kernel.actors import Role
from shared.kernel.times import Day
from shared.runtime.action import Page, Response, action, get
from shared.runtime.context import Context
from shared.runtime.pages import page_of


class ListCases(Page):
    """What is left out is not asked about. Due on or after `due_from` and before `due_to`."""

    status: CaseStatus | None = None
    modality: Modality | None = None
    priority: Priority | None = None
    patient_id: str | None = Field(None, max_length=60)
    doctor_id: str | None = Field(None, max_length=60)
    waits_for_person: bool | None = None
    due_from: Day | None = None
    due_to: Day | None = None


class Cases(Response):
    cases: tuple[CaseRow, ...]
    next_page_token: str


@action(get("/v1/certificate-cases"), role=(Role.OPERATOR, Role.ADMIN))
def list_cases(req: ListCases, ctx: Context) -> Cases:
    """List certificate cases by the day on which they are due, the earliest first."""
    wanted = CaseFilter(
        status=req.status,
        modality=req.modality,
        priority=req.priority,
        patient_id=req.patient_id,
        doctor_id=req.doctor_id,
        waits_for_person=req.waits_for_person,
        since=req.due_from,
        until=req.due_to,
    )
    found, next_page = page_of(ctx, CertificateCase, req, cases_where(wanted))
    return Cases(cases=tuple(row_of(one, ctx.now) for one in found), next_page_token=next_page)
