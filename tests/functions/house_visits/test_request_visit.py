"""One call, one visit: who asks twice is shown the first."""

import contextlib
import threading
from datetime import timedelta

import pytest

from functions.house_visits.cancel_visit import CancelVisit, cancel_visit
from functions.house_visits.domain.patient_day import SimilarVisit
from functions.house_visits.domain.requesting import WindowPassed, WindowTooFar
from functions.house_visits.request_visit import RequestVisit, request_visit
from shared.kernel.errors import Refusal
from tests.people import AFTERNOON, HOME
from tests.world import OPERATOR, World

WANTED = RequestVisit(patient_id="p-1", address=HOME, window=AFTERNOON, specialization="internal_medicine")


def test_a_second_visit_at_that_time_is_refused_and_the_first_is_named(staffed: World, visit_id: str) -> None:
    with pytest.raises(SimilarVisit):
        staffed.call(request_visit, WANTED)
    answer = staffed.answer(request_visit.declaration, WANTED.model_dump(mode="json"), OPERATOR)  # type: ignore[attr-defined]
    assert visit_id.encode() in answer.body


def test_it_is_opened_when_the_operator_means_it(staffed: World, visit_id: str) -> None:
    assert staffed.call(request_visit, WANTED.but(although_similar=True)).visit_id != visit_id


def test_a_cancelled_visit_is_in_nobodys_way(staffed: World, visit_id: str) -> None:
    staffed.call(cancel_visit, CancelVisit(visit_id=visit_id, reason="patient_asked"))
    assert staffed.call(request_visit, WANTED).visit_id != visit_id


def test_a_time_that_is_nearly_over_cannot_be_asked_for(staffed: World) -> None:
    staffed.set_clock(AFTERNOON.ends_at - timedelta(minutes=30))
    with pytest.raises(WindowPassed):
        staffed.call(request_visit, WANTED)


def test_nor_can_one_that_nobody_plans_yet(staffed: World) -> None:
    with pytest.raises(WindowTooFar):
        staffed.call(request_visit, WANTED.but(window=AFTERNOON.but(day=AFTERNOON.day + timedelta(days=40))))


def test_two_operators_at_once_open_one_visit(staffed: World) -> None:
    opened: list[str] = []

    def ask(operator: str) -> None:
        with contextlib.suppress(Refusal):
            opened.append(staffed.call(request_visit, WANTED, as_=OPERATOR.but(user_id=operator)).visit_id)

    threads = [threading.Thread(target=ask, args=(f"op-{number}",)) for number in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(opened) == 1
