"""A doctor asks about an offer by SMS: it stands in the visit's conversation, and the search goes on."""

from datetime import timedelta

from functions.chat.close_thread import CloseThread, close_thread
from functions.chat.domain.texts import unread_text
from functions.house_visits.accept_offer import AcceptOffer, accept_offer
from functions.house_visits.domain.visit import Visit, VisitStatus
from functions.house_visits.get_visit import GetVisit, get_visit
from functions.messaging.list_texts import ListTexts, list_texts
from tests.functions.chat.talk import ask, messages, opened, said, say, won
from tests.people import ANNA, EWA, PHONES, PIOTR, as_doctor
from tests.world import World

QUESTION = "A jaki adres?"


def texts_in(world: World, doctor_id: str, body: str) -> None:
    world.text_from(PHONES[doctor_id], body)
    world.settle()


def test_a_question_begins_the_conversation_and_the_search_goes_on(staffed: World, visit_id: str) -> None:
    staffed.tasks_come_twice()
    ask(staffed, visit_id, ANNA, PIOTR)
    texts_in(staffed, ANNA, QUESTION)
    assert said(staffed, visit_id) == [QUESTION]
    assert [one.way for one in messages(staffed, visit_id)] == ["system", "sms"]
    visit = staffed.record(Visit, visit_id)
    assert (visit.status, visit.attention) == (VisitStatus.OFFERING, "doctor_wrote")
    assert staffed.call(list_texts, ListTexts()).texts == ()  # it waits in one place only
    staffed.advance(timedelta(minutes=10))
    assert len(staffed.texts_to(PHONES[PIOTR])) == 1


def test_who_asks_is_marked_as_interested(staffed: World, visit_id: str) -> None:
    ask(staffed, visit_id, ANNA, PIOTR)
    texts_in(staffed, ANNA, QUESTION)
    cascade = staffed.call(get_visit, GetVisit(visit_id=visit_id)).cascade
    assert cascade is not None
    asked = {one.doctor_id: one.interested_at for one in cascade.offers}
    assert asked == {ANNA: staffed.clock.now(), PIOTR: None}


def test_the_answer_reaches_who_asked_once_they_are_let_in(staffed: World, visit_id: str) -> None:
    ask(staffed, visit_id, ANNA, minutes=60)
    texts_in(staffed, ANNA, QUESTION)
    opened(staffed, visit_id, ANNA)
    say(staffed, visit_id, "Mokotów, dokładny adres po przyjęciu.")
    assert said(staffed, visit_id, as_=as_doctor(ANNA))[0] == QUESTION
    staffed.advance(timedelta(minutes=16))
    assert staffed.texts_to(PHONES[ANNA])[-1] == unread_text("pl").body
    staffed.call(accept_offer, AcceptOffer(visit_id=visit_id), as_=as_doctor(ANNA))
    assert staffed.record(Visit, visit_id).is_won_by(ANNA)


def test_a_question_of_who_has_the_visit_joins_its_conversation(staffed: World, visit_id: str) -> None:
    opened(staffed, won(staffed, visit_id))
    texts_in(staffed, ANNA, "Czy ktoś otworzy drzwi?")
    assert said(staffed, visit_id, as_=as_doctor(ANNA)) == ["Czy ktoś otworzy drzwi?"]
    assert staffed.record(Visit, visit_id).attention == "doctor_wrote"


def test_a_conversation_that_was_closed_is_opened_again_by_a_question(staffed: World, visit_id: str) -> None:
    opened(staffed, won(staffed, visit_id))
    staffed.call(close_thread, CloseThread(thread_id=visit_id))
    texts_in(staffed, ANNA, QUESTION)
    assert said(staffed, visit_id) == [QUESTION]


def test_who_may_no_longer_take_the_visit_asks_a_person(staffed: World, visit_id: str) -> None:
    ask(staffed, visit_id, ANNA, EWA, minutes=1)
    staffed.advance(timedelta(minutes=1))
    staffed.text_from(PHONES[EWA], "tak")
    staffed.settle()
    texts_in(staffed, ANNA, QUESTION)
    assert [one.body for one in staffed.call(list_texts, ListTexts()).texts] == [QUESTION]
