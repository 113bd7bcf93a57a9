"""What people answer goes on in the trace in which they were asked, as soon as it is known which that is."""

import json
from datetime import time

import pytest

from functions.house_visits.domain.visit import Visit
from functions.house_visits.request_visit import RequestVisit, request_visit
from shared.runtime import log, spans
from shared.runtime.spans import Origin
from tests.bench import module_stories
from tests.people import AFTERNOON, ANNA, HOME, PIOTR
from tests.shared.runtime.collected import keeping
from tests.stories.test_house_visit import says, start
from tests.world import World

HERE, THERE = Origin("a" * 32, "1" * 16), Origin("b" * 32, "2" * 16)


def test_a_doctors_answer_goes_on_in_the_trace_of_its_offer(staffed: World, visit_id: str) -> None:
    """From the operator's request over the doctor's phone to what the booking sets going: one trace."""
    kept = keeping(staffed)
    start(staffed, visit_id, ANNA, PIOTR)
    says(staffed, ANNA, "tak")
    started, asked = kept.of("house_visits__start_cascade"), kept.of("house_visits__ask_next_doctor")
    brought, read = kept.of("messaging__receive_sms"), kept.of("house_visits__read_reply")
    assert (read.trace, read.parent) == (started.trace, asked.id)
    assert [one.trace for one in read.links] == [brought.trace]
    assert brought.trace != started.trace
    followed = [one for one in kept.spans if one.parent == read.id]
    assert {"text", "topic:visit-booked", "chat__follow_case"} <= {one.name for one in followed}
    assert {one.trace for one in followed} == {started.trace}
    assert staffed.record(Visit, visit_id).is_won_by(ANNA)


def test_an_answer_that_may_mean_several_offers_is_linked_to_each(staffed: World) -> None:
    staffed.with_one_sender()
    kept = keeping(staffed)
    wish = RequestVisit(patient_id="p-1", address=HOME, window=AFTERNOON, specialization="internal_medicine")
    other = wish.but(window=AFTERNOON.but(begins=time(18), ends=time(21)))
    for one in (wish, other):
        start(staffed, staffed.call(request_visit, one).visit_id, ANNA)
    says(staffed, ANNA, "tak")
    searches = {one.trace for one in kept.spans if one.name == "house_visits__start_cascade"}
    read = kept.of("house_visits__read_reply")
    assert len(searches) == 2
    assert {one.trace for one in read.links} == searches
    assert read.trace == kept.of("messaging__receive_sms").trace


def test_an_answer_to_a_chat_goes_on_where_the_doctor_was_told_of_it(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = keeping(world)
    module_stories.talk(world)
    told, read = kept.of("chat__nudge_reader"), kept.of("house_visits__read_reply")
    assert (read.trace, read.parent) == (told.trace, told.id)
    assert kept.of("chat__join_answer").trace == told.trace
    lines = [json.loads(one) for one in capsys.readouterr().out.splitlines() if one.startswith("{")]
    (done,) = (
        one for one in lines if one["function"] == "house_visits__read_reply" and one["message"] == "done"
    )
    assert done["linked"] == kept.of("messaging__receive_sms").trace


def test_where_nobody_said_who_asked_a_call_stays_where_it_is() -> None:
    spans.begin(HERE)
    spans.answer(spans.asked_in(["", "nonsense"]))
    assert spans.links.get() == ()
    assert log.trace.get() == HERE.trace


def test_the_next_call_of_a_process_begins_without_links() -> None:
    spans.begin(HERE)
    spans.answer(spans.asked_in([f"{THERE.trace}-{THERE.span}"] * 2))
    assert (spans.links.get(), log.trace.get()) == ((HERE,), THERE.trace)
    spans.begin(HERE)
    assert (spans.links.get(), log.linked.get()) == ((), "")
