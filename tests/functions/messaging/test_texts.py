"""Texts in, reports back: once each, in any order, and only from who may say so."""

from datetime import timedelta

import pytest

from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.visit import Visit
from functions.house_visits.request_visit import RequestVisit, request_visit
from functions.house_visits.start_cascade import start_cascade
from functions.messaging.reconcile_inbox import TEXTS_MAX, reconcile_inbox
from functions.platform.sweep_outbox import sweep_outbox
from shared.contracts.messaging import InboundText
from shared.contracts.sms import InboundSms, SmsUnknown
from shared.kernel.ports import Query
from shared.runtime import catalog
from shared.runtime.entry import answer_to
from shared.runtime.problem import Answer
from tests import doors
from tests.people import AFTERNOON, ANNA, HOME, PHONES, PIOTR, doctor, patient
from tests.world import SENDERS, World


@pytest.fixture
def asked(world: World) -> str:
    world.given(patient(), doctor(world, ANNA), doctor(world, PIOTR))
    wanted = RequestVisit(
        patient_id="p-1", address=HOME, window=AFTERNOON, specialization="internal_medicine"
    )
    visit_id = world.call(request_visit, wanted).visit_id
    world.call(start_cascade, PlanRequest(visit_id=visit_id, doctor_ids=(ANNA, PIOTR), intervals=(10,)))
    world.settle()
    return visit_id


def reports(world: World, status: str, *, error: int = 0, token: str = "", place: int = 0) -> Answer:
    """The provider says what became of a text, on the URL that we gave with it."""
    sent = world.phones.sent[place]
    incoming = doors.report_of(world.settings, sent.sms.status_url, sent.sid, status, error, token)
    return answer_to(catalog.find("messaging__note_sms_status"), incoming, world.wiring)


def offer_status(world: World, visit_id: str) -> str:
    cascade = world.record(Visit, visit_id).cascade
    assert cascade is not None
    return cascade.offers[0].status


def test_reports_in_any_order_never_go_back(world: World, asked: str) -> None:
    for word in ("delivered", "sent", "sending", "queued", "delivered"):
        assert reports(world, word).status == 200
        world.settle()
    assert offer_status(world, asked) == "delivered"
    assert world.log_of(world.record(Visit, asked)).count("offer_delivered") == 1


def test_a_text_that_failed_for_good_moves_the_search_on_at_once(world: World, asked: str) -> None:
    reports(world, "undelivered", error=30006)
    world.settle()
    assert offer_status(world, asked) == "failed"
    assert len(world.texts_to(PHONES[PIOTR])) == 1


def test_a_text_that_failed_for_no_lasting_reason_is_tried_once_more(world: World, asked: str) -> None:
    reports(world, "undelivered", error=30008)
    world.settle()
    world.tick(sweep_outbox)
    assert len(world.texts_to(PHONES[ANNA])) == 2
    assert not world.texts_to(PHONES[PIOTR])
    reports(world, "undelivered", error=30008, place=1)
    world.settle()
    assert len(world.texts_to(PHONES[PIOTR])) == 1


def test_a_report_that_is_not_signed_is_refused_and_changes_nothing(world: World, asked: str) -> None:
    assert reports(world, "undelivered", error=30006, token="somebody-else").status == 403
    world.settle()
    assert offer_status(world, asked) == "sending"


def test_the_token_on_its_way_out_still_opens(world: World, asked: str) -> None:
    world.wiring.settings = world.settings.but(twilio_tokens=("the-new-token", *world.settings.twilio_tokens))
    assert reports(world, "delivered", token=world.settings.twilio_tokens[0]).status == 200


def test_the_same_text_brought_a_hundred_times_is_read_once(world: World, asked: str) -> None:
    for _ in range(100):
        world.text_again(PHONES[ANNA], "tak")
    world.settle()
    assert world.log_of(world.record(Visit, asked)).count("booked") == 1
    assert len(world.wiring.documents.query(Query(InboundText.kind, order=(("id", "asc"),)))) == 1


def test_more_lost_texts_than_one_run_takes_are_found_by_the_next(world: World) -> None:
    many = [
        InboundSms(f"SM{n:032x}", "+48512999000", SENDERS[0], "hej", world.clock.now() + timedelta(seconds=n))
        for n in range(TEXTS_MAX + 5)
    ]
    world.phones.inbound.extend(many)
    world.tick(reconcile_inbox)
    world.tick(reconcile_inbox)
    found = world.wiring.documents.query(Query(InboundText.kind, order=(("id", "asc"),), limit=1000))
    assert len(found) == len(many)


def test_a_text_lost_in_a_standstill_of_hours_is_found_when_work_goes_on(world: World, asked: str) -> None:
    world.tick(reconcile_inbox)
    world.text_lost(PHONES[ANNA], "tak")
    world.set_clock(world.clock.now() + timedelta(hours=3))
    world.tick(reconcile_inbox)
    assert world.record(Visit, asked).is_won_by(ANNA)


def test_a_provider_that_is_out_is_no_crash_and_is_asked_again(world: World, asked: str) -> None:
    world.text_lost(PHONES[ANNA], "tak")
    world.phones.out = SmsUnknown()
    assert world.deliver(reconcile_inbox.declaration).status == 503  # type: ignore[attr-defined]  # every action carries one
    world.phones.out = None
    world.tick(reconcile_inbox)
    assert world.record(Visit, asked).is_won_by(ANNA)


def test_a_late_report_of_the_first_try_does_not_end_the_second(world: World, asked: str) -> None:
    reports(world, "undelivered", error=30008)
    world.tick(sweep_outbox)
    assert len(world.texts_to(PHONES[ANNA])) == 2
    for _ in range(3):
        reports(world, "undelivered", error=30008)
        world.settle()
    assert offer_status(world, asked) == "sending"
    assert not world.texts_to(PHONES[PIOTR])
