"""Numbers of every minute: what stands still, and what waits for a person."""

from datetime import timedelta

import pytest

from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.visit import Visit
from functions.house_visits.report_figures import report_figures
from functions.house_visits.start_cascade import start_cascade
from tests.log_lines import figures
from tests.people import ANNA, PIOTR
from tests.world import World


def test_a_search_that_nothing_moves_is_stuck(
    staffed: World, visit_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    world = staffed
    world.call(start_cascade, PlanRequest(visit_id=visit_id, doctor_ids=(ANNA, PIOTR), intervals=(10,)))
    world.settle()
    world.tick(report_figures)
    assert figures(capsys.readouterr().out, "visits_stuck") == [0]
    world.set_clock(world.clock.now() + timedelta(minutes=25))  # no timer came, no sweeper ran
    assert world.deliver(report_figures.declaration).status == 200  # type: ignore[attr-defined]  # every action carries one
    assert figures(capsys.readouterr().out, "visits_stuck") == [1]


def test_what_waits_for_a_person_is_counted(
    staffed: World, visit_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    staffed.given(staffed.record(Visit, visit_id).but(attention="late_yes"))
    staffed.tick(report_figures)
    assert figures(capsys.readouterr().out, "visits_wait_for_person") == [1]
