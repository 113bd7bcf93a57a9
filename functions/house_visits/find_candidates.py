"""Who could come to this visit? The index answers where, in one read, whatever their number.

Beside it are read only the rows that are shown: clinics, their doctors, and doctors of no clinic.
"""

from pydantic import Field

from functions.house_visits.domain.candidates import (
    BEYOND_MAX,
    CLINICS_MAX,
    OWN_DOCTORS_MAX,
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
from shared.contracts.doctor_entry import doctor_id, of_doctors
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
    found, own_found = _found(visit, req, ctx)
    clinic_ids = [one.clinic_id for one in found]
    own_ids = [doctor_id(one.clinic_id) for one in own_found[:OWN_DOCTORS_MAX]]
    ctx.store.prefetch(*((Clinic, one) for one in clinic_ids), *((Doctor, one) for one in own_ids))
    clinics = ctx.store.find_many(Clinic, clinic_ids)
    doctors = ctx.store.select(Doctor, doctors_of_any(clinic_ids)) if clinic_ids else []
    own_doctors = ctx.store.find_many(Doctor, own_ids)
    around = Around(
        visit=visit,
        radius_km=req.radius_km,
        found=found,
        own_found=own_found,
        clinics=clinics,
        doctors=doctors,
        own_doctors=own_doctors,
        plan=_plan_of(visit, clinics, ctx),
        one_way=one_way_phones([*doctors, *own_doctors], ctx.ports.phones.can_text_back),
    )
    return candidates(around, ctx.now)


def _found(visit: Visit, req: FindCandidates, ctx: Context) -> tuple[list[Found], list[Found]]:
    """The nearest clinics and doctors of no clinic, within the radius; where none is, the nearest beyond."""
    index = ctx.ports.clinic_search.index(visit.tenant_id)
    here, day, km = place_of_visit(visit), visit.window.day.weekday(), req.radius_km
    clinics_of, doctors_of = visit.specialization, of_doctors(visit.specialization)
    clinics = index.near(here, clinics_of, day, km, req.clinics_max)
    doctors = index.near(here, doctors_of, day, km, OWN_DOCTORS_MAX + 1)
    if not clinics and not doctors:
        doctors = index.nearest_beyond(here, doctors_of, day, km, BEYOND_MAX)
    return clinics or index.nearest_beyond(here, clinics_of, day, km, BEYOND_MAX), doctors


def _plan_of(visit: Visit, clinics: list[Clinic], ctx: Context) -> str:
    """The patient's plan, read only where a clinic asks for one."""
    if not any(one.plans for one in clinics):
        return ""
    patient = ctx.store.find(Patient, visit.patient_id)
    return patient.plan if patient is not None else ""
