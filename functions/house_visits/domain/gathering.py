"""Gathering whom a plan speaks of: doctors by name, doctors of clinics, and phones that cannot answer."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from functions.house_visits.domain.offer import Offer
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.planning import Plan, Skipped, plan_offers
from functions.house_visits.domain.queries import doctors_of
from functions.house_visits.domain.visit import Visit
from shared.contracts.directory import Doctor
from shared.kernel.ports import Query


class Reads(Protocol):
    def find_many(self, kind: type[Doctor], keys: Sequence[str]) -> list[Doctor]: ...

    def select(self, kind: type[Doctor], query: Query) -> list[Doctor]: ...


def gather(
    visit: Visit, req: PlanRequest, store: Reads, can_text_back: Callable[[str], bool], now: datetime
) -> tuple[Plan, tuple[Offer, ...], tuple[Skipped, ...]]:
    """The plan in full, the offers it makes, and who is left out with the reason."""
    found = [one for clinic_id in req.clinic_ids for one in store.select(Doctor, doctors_of(clinic_id))]
    of_clinics = [one for one in found if visit.specialization in one.specializations]
    doctors = [*store.find_many(Doctor, req.doctor_ids), *of_clinics]
    plan = req.plan(of_clinics)
    offers, skipped = plan_offers(visit, plan, doctors, one_way_phones(doctors, can_text_back), now)
    return plan, offers, skipped


def one_way_phones(doctors: Sequence[Doctor], can_text_back: Callable[[str], bool]) -> frozenset[str]:
    """Phones in countries from which answers do not reach us: asking them would only look like asking."""
    phones = {one.texting_phone.number for one in doctors if one.texting_phone}
    return frozenset(phone for phone in phones if not can_text_back(phone))
