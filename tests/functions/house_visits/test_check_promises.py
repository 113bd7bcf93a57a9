"""The nightly look at the visits and at the texts of doctors."""

from datetime import timedelta

import pytest

from functions.house_visits.check_promises import check_promises
from functions.house_visits.domain.checking import PAGE
from functions.house_visits.domain.desk import Desk
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.visit import Visit
from functions.house_visits.request_visit import RequestVisit, request_visit
from functions.house_visits.start_cascade import start_cascade
from functions.messaging.list_texts import ListTexts, list_texts
from shared.contracts.messaging import InboundText
from shared.kernel.ports import Query
from tests.log_lines import lines
from tests.people import AFTERNOON, ANNA, HOME, PHONES, patient
from tests.world import OPERATOR, World


def test_a_visit_that_keeps_its_promises_is_left_alone(staffed: World, visit_id: str) -> None:
    before = staffed.record(Visit, visit_id)
    staffed.tick(check_promises)
    assert staffed.record(Visit, visit_id) == before


def test_a_broken_promise_waits_for_a_person_and_is_told_once(staffed: World, visit_id: str) -> None:
    staffed.given(staffed.record(Visit, visit_id).but(status="offering"))
    staffed.tick(check_promises)
    staffed.advance(timedelta(days=1))
    staffed.tick(check_promises)
    visit = staffed.record(Visit, visit_id)
    assert visit.attention == "promise_broken"
    assert staffed.log_of(visit) == ["requested", "promise_broken"]


def test_a_broken_promise_wakes_somebody_once_and_names_nobody(
    staffed: World, visit_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    staffed.given(staffed.record(Visit, visit_id).but(status="offering"))
    for _ in range(2):
        staffed.tick(check_promises)
        staffed.advance(timedelta(days=1))
    (said,) = lines(capsys.readouterr().out, "promise_broken")
    assert (said["severity"], said["about"]) == ("CRITICAL", f"visits/{visit_id}")
    assert said["promises"] == "is_looked_after"


def test_every_page_is_looked_at(staffed: World) -> None:
    for number in range(PAGE + 2):
        staffed.given(patient(f"p-{number}"))
        wanted = RequestVisit(
            patient_id=f"p-{number}", address=HOME, window=AFTERNOON, specialization="internal_medicine"
        )
        visit = staffed.record(Visit, staffed.call(request_visit, wanted).visit_id)
        staffed.given(visit.but(status="offering"))
    staffed.tick(check_promises)
    found = staffed.wiring.documents.query(Query(Visit.kind, limit=1_000))
    assert [one.fields["attention"] for one in found] == ["promise_broken"] * (PAGE + 2)


def text_of(world: World) -> InboundText:
    (kept,) = world.wiring.documents.query(Query(InboundText.kind))
    return world.record(InboundText, kept.fields["id"])


def asks_anna(world: World, visit_id: str) -> None:
    world.call(start_cascade, PlanRequest(visit_id=visit_id, doctor_ids=(ANNA,), intervals=(10,)))
    world.settle()


def test_an_open_offer_that_its_desk_holds_is_left_alone(staffed: World, visit_id: str) -> None:
    asks_anna(staffed, visit_id)
    before = staffed.record(Visit, visit_id)
    staffed.tick(check_promises)
    assert staffed.record(Visit, visit_id) == before


def test_an_open_offer_that_its_desk_has_forgotten_is_found(staffed: World, visit_id: str) -> None:
    asks_anna(staffed, visit_id)
    (desk,) = staffed.wiring.documents.query(Query(Desk.kind))
    staffed.given(staffed.record(Desk, desk.fields["id"]).but(entries=()))
    staffed.tick(check_promises)
    assert staffed.log_of(staffed.record(Visit, visit_id))[-1] == "promise_broken"


def test_a_text_that_came_to_no_end_is_on_the_list_of_those_that_a_person_reads(staffed: World) -> None:
    staffed.text_from(PHONES[ANNA], "dzień dobry")
    staffed.settle()
    read = text_of(staffed)
    staffed.advance(timedelta(hours=2))
    staffed.tick(check_promises)
    assert text_of(staffed) == read
    staffed.advance(timedelta(days=1))
    staffed.given(read.but(outcome="", reason=""))
    staffed.tick(check_promises)
    (seen,) = staffed.call(list_texts, ListTexts(), as_=OPERATOR).texts
    assert (seen.text_id, seen.reason) == (read.id, "promise_broken")
