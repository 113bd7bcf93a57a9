"""Doctors who belong to no clinic are shown by the place they come from, and crowd nobody out."""

from datetime import date

import pytest

from functions.house_visits.domain.candidates import BEYOND_MAX, OWN_DOCTORS_MAX, Candidates
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.find_candidates import FindCandidates, find_candidates
from functions.house_visits.preview_cascade import preview_cascade
from shared.contracts.directory import Clinic, Doctor, DoctorPhone
from tests.functions.house_visits.clinics_around import clinic, north_of_the_visit, settle_in
from tests.functions.house_visits.test_find_candidates import CountingDocuments
from tests.people import ANNA, EWA, PIOTR, doctor
from tests.world import World


def alone(world: World, doctor_id: str, km: float, **facts: object) -> Doctor:
    phone = "" if doctor_id in (ANNA, EWA, PIOTR) else f"+4851215{doctor_id[-4:]}"
    return doctor(world, doctor_id, phone=phone).but(position=north_of_the_visit(km), **facts)


def many(world: World, count: int) -> list[Doctor]:
    return [alone(world, f"d-{number:04}", 1 + number / 10) for number in range(count)]


def search(world: World, visit_id: str, *settlers: Clinic | Doctor) -> Candidates:
    settle_in(world, *settlers)
    return world.call(find_candidates, FindCandidates(visit_id=visit_id))


def test_doctors_of_no_clinic_are_told_among_the_others_by_distance(staffed: World, visit_id: str) -> None:
    found = search(
        staffed,
        visit_id,
        clinic("near", 3),
        alone(staffed, ANNA, 8),
        alone(staffed, PIOTR, 40, clinic_ids=("near",)),
        alone(staffed, EWA, 1),
    )
    assert [(one.doctor_id, one.clinic_id) for one in found.doctors] == [
        (EWA, ""),
        (PIOTR, "near"),
        (ANNA, ""),
    ]
    assert [one.distance_km for one in found.doctors] == pytest.approx([1, 3, 8], abs=0.1)
    assert all(one.can_be_asked and not one.reasons for one in found.doctors)
    assert [one.integrated for one in found.doctors] == [False, True, False]


def test_whoever_is_found_on_their_own_can_be_asked(staffed: World, visit_id: str) -> None:
    (found,) = search(staffed, visit_id, alone(staffed, ANNA, 8)).doctors
    plan = PlanRequest(visit_id=visit_id, doctor_ids=(found.doctor_id,))
    assert [one.doctor_id for one in staffed.call(preview_cascade, plan).steps] == [ANNA]


def test_what_speaks_against_them_is_said_as_of_others(staffed: World, visit_id: str) -> None:
    silent = DoctorPhone(number="+48512000002", phone_key="k", opted_out=True)
    old = DoctorPhone(number="+48512000003", phone_key="o", verified_on=date(2020, 1, 1))
    abroad = DoctorPhone(number="+971501234567", phone_key="a", verified_on=date(2026, 10, 1))
    found = search(
        staffed,
        visit_id,
        alone(staffed, ANNA, 1, license_until=date(2026, 11, 1)),
        alone(staffed, PIOTR, 2, phones=(silent,)),
        alone(staffed, EWA, 3, phones=(old,)),
        alone(staffed, "d-0001", 4, phones=(abroad,)),
        alone(staffed, "d-0002", 5, specializations=("pediatrics",)),
    )
    assert {one.doctor_id: one.reasons for one in found.doctors} == {
        ANNA: ("license_expires",),
        PIOTR: ("opted_out",),
        EWA: ("phone_not_verified",),
        "d-0001": ("one_way_country",),
    }
    assert not any(one.can_be_asked for one in found.doctors)


def test_neither_clinics_nor_doctors_take_the_others_room(staffed: World, visit_id: str) -> None:
    clinics = [clinic(f"c{number:02}", 10 + number) for number in range(20)]
    found = search(staffed, visit_id, *clinics, *many(staffed, OWN_DOCTORS_MAX + 1))
    assert [one.clinic_id for one in found.clinics] == [one.id for one in clinics]
    assert [one.doctor_id for one in found.doctors] == [f"d-{number:04}" for number in range(OWN_DOCTORS_MAX)]
    assert found.more_doctors


def test_nobody_is_told_of_more_than_there_are(staffed: World, visit_id: str) -> None:
    assert not search(staffed, visit_id, *many(staffed, OWN_DOCTORS_MAX)).more_doctors


def test_a_doctor_within_the_radius_is_not_beyond_it_because_the_clinics_are(
    staffed: World, visit_id: str
) -> None:
    found = search(staffed, visit_id, clinic("beyond", 60), alone(staffed, ANNA, 8), alone(staffed, EWA, 70))
    assert found.beyond_radius
    assert [(one.doctor_id, one.reasons) for one in found.doctors] == [(ANNA, ())]


def test_where_nothing_is_near_the_nearest_doctors_beyond_are_shown_as_such(
    staffed: World, visit_id: str
) -> None:
    distances = (60, 70, 80, 90)
    doctors = [alone(staffed, f"d-{number:04}", km) for number, km in enumerate(distances)]
    found = search(staffed, visit_id, *doctors)
    assert [one.reasons for one in found.doctors] == [("beyond_radius",)] * BEYOND_MAX
    assert found.doctors[0].doctor_id == "d-0000"


@pytest.mark.parametrize("there", [1, 300])
def test_however_many_there_are_only_those_shown_are_read(staffed: World, visit_id: str, there: int) -> None:
    search(staffed, visit_id, clinic("near", 3), *many(staffed, there))
    counting = CountingDocuments(staffed.wiring.documents)
    staffed.wiring.__dict__["documents"] = counting
    found = staffed.call(find_candidates, FindCandidates(visit_id=visit_id))
    read = [path.split("/")[0] for path in counting.read_paths]
    assert read.count("doctors") == len(found.doctors) == min(there, OWN_DOCTORS_MAX)
    assert counting.queries == 1
    assert len(read) - len(found.doctors) - len(found.clinics) <= 3
