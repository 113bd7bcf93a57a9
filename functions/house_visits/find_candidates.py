"""Who could come to this visit? The clinic index answers where, one read each brings clinics and doctors."""

from pydantic import Field

from functions.house_visits.domain.candidates import (
    BEYOND_MAX,
    CLINICS_MAX,
    Around,
    Candidates,
    candidates,
    doctors_of_any,
)
from functions.house_visits.domain.clinic_fit import place_of_visit
from functions.house_visits.domain.gathering import one_way_phones
from functions.house_visits.domain.visit import Visit
from shared.contracts.clinic_index import Found
from shared.contracts.directory import Clinic, Doctor
from shared.contracts.patients import Patient
from shared.kernel.actors import Role
from shared.kernel.places import SEARCH_RADIUS_KM
from shared.runtime.action import Request, action, look_up
from shared.runtime.context import Context


class FindCandidates(Request):
    visit_id: str
    radius_km: float = Field(SEARCH_RADIUS_KM, gt=0, le=SEARCH_RADIUS_KM)
    clinics_max: int = Field(20, ge=1, le=CLINICS_MAX)


@action(look_up("/v1/house-visits/{visit_id}:find-candidates"), role=Role.OPERATOR)
def find_candidates(req: FindCandidates, ctx: Context) -> Candidates:
    """Find the clinics near a visit, and the doctors who may be asked."""
    visit = ctx.store.get(Visit, req.visit_id)
    found = _found(visit, req, ctx)
    clinic_ids = [one.clinic_id for one in found]
    clinics = ctx.store.find_many(Clinic, clinic_ids)
    doctors = ctx.store.select(Doctor, doctors_of_any(clinic_ids)) if clinic_ids else []
    around = Around(
        visit=visit,
        radius_km=req.radius_km,
        found=found,
        clinics=clinics,
        doctors=doctors,
        plan=_plan_of(visit, clinics, ctx),
        one_way=one_way_phones(doctors, ctx.ports.phones.can_text_back),
    )
    return candidates(around, ctx.now)


def _found(visit: Visit, req: FindCandidates, ctx: Context) -> list[Found]:
    """The nearest within the radius; where there is none, the nearest beyond it."""
    search, here = ctx.ports.clinic_search, place_of_visit(visit)
    what, day = visit.specialization, visit.window.day.weekday()
    return search.near(
        visit.tenant_id, here, what, day, req.radius_km, req.clinics_max
    ) or search.nearest_beyond(visit.tenant_id, here, what, day, req.radius_km, BEYOND_MAX)


def _plan_of(visit: Visit, clinics: list[Clinic], ctx: Context) -> str:
    """The patient's plan, read only where a clinic asks for one."""
    if not any(one.plans for one in clinics):
        return ""
    patient = ctx.store.find(Patient, visit.patient_id)
    return patient.plan if patient is not None else ""
