"""A doctor and an operator talk about a visit: asked, not read, texted, answered, read, closed."""

from datetime import timedelta

from functions.chat.close_thread import CloseThread, close_thread
from functions.chat.domain.texts import unread_text
from functions.house_visits.cancel_visit import CancelVisit, cancel_visit
from tests.functions.chat.talk import messages, opened, read, row, said, say, won
from tests.people import ANNA, PHONES, as_doctor
from tests.world import World


def test_what_is_asked_is_answered_by_text_and_read_in_the_app(staffed: World, visit_id: str) -> None:
    opened(staffed, won(staffed, visit_id))
    say(staffed, visit_id, "Proszę zadzwonić przed wizytą", message_id="question-1")
    say(staffed, visit_id, "Proszę zadzwonić przed wizytą", message_id="question-1")
    staffed.advance(timedelta(minutes=15))
    assert staffed.texts_to(PHONES[ANNA])[-1] == unread_text("pl").body
    staffed.text_from(PHONES[ANNA], "Dobrze, zadzwonię za kwadrans")
    staffed.settle()
    assert said(staffed, visit_id) == ["Proszę zadzwonić przed wizytą", "Dobrze, zadzwonię za kwadrans"]
    assert row(staffed, visit_id, as_=as_doctor(ANNA)).unread == 2
    assert read(staffed, visit_id, 3, as_=as_doctor(ANNA)) == 0
    staffed.call(close_thread, CloseThread(thread_id=visit_id))
    assert [one.number for one in messages(staffed, visit_id, as_=as_doctor(ANNA))] == [1, 2, 3, 4]


def test_a_visit_that_is_called_off_is_news_in_its_thread(staffed: World, visit_id: str) -> None:
    opened(staffed, visit_id)
    won(staffed, visit_id)
    staffed.call(cancel_visit, CancelVisit(visit_id=visit_id, reason="patient_asked"))
    staffed.settle()
    seen = [one.text for one in messages(staffed, visit_id, as_=as_doctor(ANNA))]
    assert seen[0] == "Rozmowa otwarta."
    assert seen[-1] == "Sprawa została odwołana."
    assert "Wizyta jest umówiona." in seen
