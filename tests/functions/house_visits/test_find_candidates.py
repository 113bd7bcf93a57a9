"""An operator sees who could come, the nearest first, and what speaks against each, for a few reads."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

import pytest

from functions.house_visits.domain.clinic_fit import PlaceUnknown
from functions.house_visits.domain.visit import Visit
from functions.house_visits.find_candidates import FindCandidates, find_candidates
from functions.house_visits.pin_address import PinAddress, pin_address
from functions.house_visits.request_visit import RequestVisit, request_visit
from shared.contracts.directory import DoctorPhone, Hours
from shared.contracts.geocoding import GeocodeQuality
from shared.kernel.errors import NotFound
from shared.kernel.places import Position
from shared.kernel.ports import Documents, Query, Snapshot, Write
from tests.functions.house_visits.clinics_around import EVERY_DAY, clinic, settle_in
from tests.people import AFTERNOON, ANNA, EWA, HOME, PIOTR, WARSAW, doctor, patient
from tests.world import FOREIGN_OPERATOR, World

ELSEWHERE = Position(lat=52.2, lon=21.1)


def test_the_nearest_clinics_come_first_with_their_doctors(staffed: World, visit_id: str) -> None:
    settle_in(staffed, clinic("far", 30), clinic("near", 3), clinic("outside", 60))
    staffed.given(
        doctor(staffed, ANNA, clinic_ids=("far", "near")), doctor(staffed, PIOTR, clinic_ids=("far",))
    )
    found = staffed.call(find_candidates, FindCandidates(visit_id=visit_id))
    assert [one.clinic_id for one in found.clinics] == ["near", "far"]
    assert [(one.doctor_id, one.clinic_id) for one in found.doctors] == [(ANNA, "near"), (PIOTR, "far")]
    assert found.clinics[0].distance_km == pytest.approx(3, abs=0.05)
    assert all(one.can_be_booked for one in found.clinics)
    assert not found.beyond_radius


def test_where_nothing_is_near_the_nearest_beyond_is_shown_as_such(staffed: World, visit_id: str) -> None:
    settle_in(staffed, clinic("farther", 90), clinic("beyond", 60))
    staffed.given(doctor(staffed, ANNA, clinic_ids=("beyond",)))
    found = staffed.call(find_candidates, FindCandidates(visit_id=visit_id))
    assert found.beyond_radius
    assert [one.clinic_id for one in found.clinics] == ["beyond", "farther"]
    assert found.clinics[0].reasons == ("beyond_radius",)
    assert not found.clinics[0].can_be_booked
    assert found.doctors[0].reasons == ("beyond_radius",)


def test_what_speaks_against_a_clinic_is_said(staffed: World, visit_id: str) -> None:
    mornings = tuple(Hours(weekday=day, opens=time(7), closes=time(12)) for day in range(7))
    settle_in(
        staffed,
        clinic("by_phone", 1, integrated=False),
        clinic("mornings", 2, hours=mornings),
        clinic("gold", 3, plans=("gold",)),
    )
    found = staffed.call(find_candidates, FindCandidates(visit_id=visit_id))
    assert {one.clinic_id: one.reasons for one in found.clinics} == {
        "by_phone": ("not_integrated",),
        "mornings": ("closed_then",),
        "gold": ("plan_not_covered",),
    }


def test_a_patient_of_the_plan_is_welcome(staffed: World, visit_id: str) -> None:
    staffed.given(patient(plan="gold"))
    settle_in(staffed, clinic("gold", 3, plans=("gold",)))
    found = staffed.call(find_candidates, FindCandidates(visit_id=visit_id))
    assert found.clinics[0].can_be_booked


def test_a_clinic_open_over_midnight_is_open_in_the_afternoon(staffed: World, visit_id: str) -> None:
    nights = tuple(Hours(weekday=day, opens=time(16), closes=time(2)) for day in range(7))
    settle_in(staffed, clinic("nights", 3, hours=nights))
    found = staffed.call(find_candidates, FindCandidates(visit_id=visit_id))
    assert found.clinics[0].reasons == ()


def test_what_speaks_against_a_doctor_is_said(staffed: World, visit_id: str) -> None:
    settle_in(staffed, clinic("near", 3))
    silent = DoctorPhone(number="+48512000002", phone_key="k", opted_out=True)
    staffed.given(
        doctor(staffed, ANNA, clinic_ids=("near",), license_until=date(2026, 11, 1)),
        doctor(staffed, PIOTR, clinic_ids=("near",), phones=(silent,)),
        doctor(staffed, EWA, clinic_ids=("near",), specializations=("pediatrics",)),
    )
    found = staffed.call(find_candidates, FindCandidates(visit_id=visit_id))
    assert {one.doctor_id: one.reasons for one in found.doctors} == {
        ANNA: ("license_expires",),
        PIOTR: ("opted_out",),
    }
    assert not any(one.can_be_asked for one in found.doctors)


def test_a_visit_without_a_place_wants_a_pin_first(staffed: World) -> None:
    nowhere = HOME.but(position=None, line="za lasem", city="Nigdzie Wielkie", postcode="")
    wanted = RequestVisit(
        patient_id="p-1", address=nowhere, window=AFTERNOON, specialization="internal_medicine"
    )
    visit_id = staffed.call(request_visit, wanted).visit_id
    settle_in(staffed, clinic("near", 3))
    with pytest.raises(PlaceUnknown):
        staffed.call(find_candidates, FindCandidates(visit_id=visit_id))
    staffed.call(pin_address, PinAddress(visit_id=visit_id, position=WARSAW))
    assert staffed.call(find_candidates, FindCandidates(visit_id=visit_id)).clinics


def test_a_pin_set_twice_is_one_line_in_the_log(staffed: World, visit_id: str) -> None:
    for _ in range(2):
        pinned = staffed.call(pin_address, PinAddress(visit_id=visit_id, position=ELSEWHERE))
    assert (pinned.position, pinned.position_quality) == (ELSEWHERE, GeocodeQuality.MANUAL_PIN)
    assert staffed.log_of(staffed.record(Visit, visit_id)).count("address_pinned") == 1


def test_another_tenants_visit_has_no_candidates(staffed: World, visit_id: str) -> None:
    with pytest.raises(NotFound):
        staffed.call(find_candidates, FindCandidates(visit_id=visit_id), as_=FOREIGN_OPERATOR)


class CountingDocuments:
    """Counts what a search reads beside the rows it shows."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self.read_paths: list[str] = []
        self.queries = 0

    def read(self, paths: Sequence[str]) -> dict[str, Snapshot | None]:
        self.read_paths += paths
        return self._documents.read(paths)

    def commit(self, writes: Sequence[Write]) -> list[Any]:
        return self._documents.commit(writes)

    def count(self, query: Query) -> int:
        return self._documents.count(query)

    def query(self, query: Query) -> list[Snapshot]:
        self.queries += 1
        return self._documents.query(query)


def test_a_search_reads_two_documents_beside_the_rows_it_shows(staffed: World, visit_id: str) -> None:
    clinics = [clinic(f"c{number:02d}", number + 1, hours=EVERY_DAY) for number in range(20)]
    settle_in(staffed, *clinics)
    counting = CountingDocuments(staffed.wiring.documents)
    staffed.wiring.__dict__["documents"] = counting
    staffed.call(find_candidates, FindCandidates(visit_id=visit_id))
    counting.read_paths, counting.queries = [], 0
    staffed.call(find_candidates, FindCandidates(visit_id=visit_id))
    shown = [path for path in counting.read_paths if path.startswith("clinics/")]
    assert (len(shown), counting.queries) == (20, 1)
    beside = [path.split("/")[0] for path in counting.read_paths if path not in shown]
    assert sorted(beside) == ["clinic_index", "visits"]
