"""Lists of certificate cases on the real store: each filter, and pages that neither lose nor repeat one."""

from datetime import timedelta

import pytest

from functions.certificates.domain.case import CaseStatus, Priority, Reservation
from functions.certificates.list_cases import ListCases, list_cases
from functions.certificates.list_worklist import ListWorklist, list_worklist
from functions.certificates.reserve_certificate import ReserveCertificate, reserve_certificate
from tests.bench.certificates import a_case, a_doctor
from tests.bench.measured_world import MeasuredWorld
from tests.outside import START
from tests.people import as_doctor

pytestmark = pytest.mark.emulator

CASES = 23
PAGE = 4
MINE, THEIRS = "d-1", "d-2"


@pytest.fixture
def ranked(measured_world: MeasuredWorld) -> list[str]:
    """Many equal ones, some reserved by either doctor; in the order in which they should be shown."""
    priorities = list(Priority)
    cases = [
        a_case(f"case-{number:02d}", number % 3).but(priority=priorities[number % 4])
        for number in range(CASES)
    ]
    for place, doctor_id in ((5, MINE), (11, MINE), (17, THEIRS)):
        claim = Reservation(doctor_id=doctor_id, since=START, lease_until=START + timedelta(hours=1))
        cases[place] = cases[place].but(status=CaseStatus.RESERVED, reservation=claim)
    measured_world.given(a_doctor(measured_world, 2), *cases)
    return [one.id for one in sorted(cases, key=lambda one: (one.rank, one.id))]


def pages(world: MeasuredWorld, between: dict[int, str] | None = None) -> list[str]:
    """What the first doctor is shown; before the page of that number the other one takes a case."""
    seen, token = [], ""
    for number in range(CASES):
        if between and number in between:
            world.call(
                reserve_certificate, ReserveCertificate(case_id=between[number]), as_=as_doctor(THEIRS)
            )
        wanted = ListWorklist(page_size=PAGE, page_token=token)
        page = world.call(list_worklist, wanted, as_=as_doctor(MINE))
        seen += [one.case_id for one in page.cases]
        token = page.next_page_token
        if not token:
            return seen
    raise AssertionError("the pages do not end")


def test_every_case_stands_on_one_page(measured_world: MeasuredWorld, ranked: list[str]) -> None:
    assert pages(measured_world) == [one for one in ranked if one != "case-17"]


def test_cases_that_go_meanwhile_take_no_other_with_them(
    measured_world: MeasuredWorld, ranked: list[str]
) -> None:
    free = [one for one in ranked if one not in ("case-05", "case-11", "case-17")]
    gone = {1: free[0], 2: free[-1]}  # one that was shown, and one that was not
    assert pages(measured_world, gone) == [one for one in ranked if one not in ("case-17", free[-1])]


def test_every_filter_of_the_operators_list_is_answered(
    measured_world: MeasuredWorld, ranked: list[str]
) -> None:
    day = START.date()
    asked = {
        "status": "reserved", "modality": "remote", "priority": "stat", "patient_id": "p-1",
        "doctor_id": MINE, "waits_for_person": False, "due_from": day, "due_to": day + timedelta(days=2),
    }  # fmt: skip
    shown = {
        name: len(measured_world.call(list_cases, ListCases.model_validate({name: one})).cases)
        for name, one in asked.items()
    }
    of_days = [number % 3 for number in range(CASES)]
    assert shown == {
        "status": 3, "modality": CASES, "priority": 5, "patient_id": CASES, "doctor_id": 2,
        "waits_for_person": CASES, "due_from": CASES, "due_to": sum(one < 2 for one in of_days),
    }  # fmt: skip
    both = {"status": "reserved", "doctor_id": MINE, "due_from": day, "page_size": 1}
    first = measured_world.call(list_cases, ListCases.model_validate(both))
    token = first.next_page_token
    second = measured_world.call(list_cases, ListCases.model_validate({**both, "page_token": token}))
    assert [one.case_id for one in (*first.cases, *second.cases)] == ["case-05", "case-11"]
