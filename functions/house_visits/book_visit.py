"""The operator books a visit in a clinic's own system: in the one they name, or in the nearest that can.

Whether it is booked is known only when the clinic has answered; until then nothing else may be started.
"""

from pydantic import Field

from functions.house_visits.domain.clinic_booking import CLINICS_MAX, ask_clinics
from functions.house_visits.domain.clinic_fit import check, place_of_visit, why_not
from functions.house_visits.domain.views import VisitView, staff_view
from functions.house_visits.domain.visit import Visit
from shared.contracts.directory import Clinic
from shared.contracts.patients import Patient
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, post
from shared.runtime.context import Context

LOOKED_AT_MAX = 20


class BookVisit(Request):
    """Without `clinic_id` the nearest integrated clinics are asked in turn. `reason`: why a clinic is asked
    although something speaks against it."""

    visit_id: str
    clinic_id: str = Field("", max_length=60)
    reason: str = Field("", max_length=500)


@action(post("/v1/house-visits/{visit_id}:book"), role=Role.OPERATOR)
def book_visit(req: BookVisit, ctx: Context) -> VisitView:
    """Book a visit in the system of an integrated clinic."""
    visit = ctx.store.get(Visit, req.visit_id)
    clinics = _named(visit, req, ctx) if req.clinic_id else _nearest(visit, ctx)
    return staff_view(
        ctx.store.change(Visit, visit.id, lambda now: ask_clinics(now, clinics, req.reason, ctx.now))
    )


def _named(visit: Visit, req: BookVisit, ctx: Context) -> list[str]:
    ctx.store.prefetch((Clinic, req.clinic_id), (Patient, visit.patient_id))
    check(visit, ctx.store.get(Clinic, req.clinic_id), _plan_of(visit, ctx), req.reason)
    return [req.clinic_id]


def _nearest(visit: Visit, ctx: Context) -> list[str]:
    here, day = place_of_visit(visit), visit.window.day.weekday()
    found = ctx.ports.clinic_search.near(visit.tenant_id, here, visit.specialization, day)
    integrated = [one.clinic_id for one in found if one.integrated][:LOOKED_AT_MAX]
    ctx.store.prefetch((Patient, visit.patient_id), *((Clinic, one) for one in integrated))
    plan = _plan_of(visit, ctx)
    clinics = ctx.store.find_many(Clinic, integrated)
    return [one.id for one in clinics if one.active and not why_not(visit, one, plan)][:CLINICS_MAX]


def _plan_of(visit: Visit, ctx: Context) -> str:
    patient = ctx.store.find(Patient, visit.patient_id)
    return patient.plan if patient is not None else ""
