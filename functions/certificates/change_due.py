"""The day on which a certificate is due, or how urgent it is, changes; both are written into the log."""

from typing import Self

from pydantic import Field, model_validator

from functions.certificates.domain.case import CertificateCase, Priority
from functions.certificates.domain.due import due_day
from functions.certificates.domain.keeping import due_changed
from functions.certificates.domain.views import CaseView, staff_view
from shared.kernel.actors import Role
from shared.kernel.times import Day
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context


class ChangeDue(Request):
    """What is left out stays. `on_free_day`: the day stands although nobody works on it."""

    case_id: str
    due_on: Day | None = None
    on_free_day: bool = False
    priority: Priority | None = None
    reason: str = Field(min_length=1, max_length=500)

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if self.due_on is None and self.priority is None:
            raise ValueError("give a due date, a priority, or both")
        return self


@action(post("/v1/certificate-cases/{case_id}:change-due"), role=Role.OPERATOR)
def change_due(req: ChangeDue, ctx: Context) -> CaseView:
    """Change the due date or the priority of a case."""
    case = ctx.store.get(CertificateCase, req.case_id)
    days = ctx.ports.working_days
    due = (
        due_day(req.due_on, case.country, case.zone, days, ctx.now, on_free_day=req.on_free_day)
        if req.due_on is not None
        else None
    )
    after = ctx.store.change(
        CertificateCase, case.id, lambda now: due_changed(now, due, req.priority, req.reason)
    )
    return staff_view(after, ctx.now, due)
