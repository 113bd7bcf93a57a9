"""Fifty doctors want one case at once, and one doctor wants many: what the store must not let happen."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from functions.certificates.domain.bench import RESERVATIONS_MAX, Bench
from functions.certificates.domain.case import CaseStatus, CertificateCase
from shared.runtime import catalog
from tests.bench.certificates import DOCTORS, a_case, a_doctor, all_want
from tests.bench.measured_world import MeasuredWorld
from tests.people import as_doctor

pytestmark = pytest.mark.emulator


def test_of_fifty_doctors_one_has_the_case_and_the_others_learn_who(measured_world: MeasuredWorld) -> None:
    answers = all_want(measured_world, "case-1")
    case = measured_world.record(CertificateCase, "case-1")
    assert sorted(one.status for one in answers) == [200] + [409] * (DOCTORS - 1)
    assert case.status == CaseStatus.RESERVED
    assert measured_world.log_of(case) == ["reserved"]
    (winner,) = (number for number, one in enumerate(answers) if one.status == 200)
    assert case.doctor_id == f"d-{winner}"
    told = {json.loads(one.body)["detail"].split(" since ")[0] for one in answers if one.status == 409}
    assert told == {f"Reserved by d-{winner}"}


def test_one_doctor_who_reserves_everything_at_once_gets_no_more_than_they_may(
    measured_world: MeasuredWorld,
) -> None:
    cases = [f"case-{number}" for number in range(3 * RESERVATIONS_MAX)]
    measured_world.given(a_doctor(measured_world, 1), *(a_case(one) for one in cases))
    action = catalog.find("certificates__reserve_certificate")

    def want(case_id: str) -> int:
        key = f"greed-{case_id}-key"
        return measured_world.answer(action, {"case_id": case_id}, as_doctor("d-1"), key).status

    with ThreadPoolExecutor(len(cases)) as pool:
        statuses = list(pool.map(want, cases))
    held = measured_world.record(Bench, "d-1").held
    assert statuses.count(200) == len(held) <= RESERVATIONS_MAX
    assert set(statuses) <= {200, 409, 503}
    reserved = {one for one in cases if measured_world.record(CertificateCase, one).doctor_id == "d-1"}
    assert reserved == {one.case_id for one in held}
