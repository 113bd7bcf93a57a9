"""A doctor who has not read gets one text; what they answer to it joins the conversation."""

from datetime import UTC, datetime, timedelta

import pytest

from functions.chat.close_thread import CloseThread, close_thread
from functions.chat.domain.marker import ReadMarker, marker_id
from functions.chat.domain.texts import unread_text
from functions.chat.domain.thread import seat_of_doctor
from functions.chat.sweep_unread import sweep_unread
from functions.messaging.list_texts import ListTexts, list_texts
from shared.kernel.gsm import segments
from tests.functions.chat.talk import another_visit, ask, messages, opened, read, said, say, won
from tests.people import ANNA, PHONES, PIOTR, as_doctor
from tests.world import World

NUDGE = unread_text("pl").body
PHONE = PHONES[ANNA]


def nudges(world: World, phone: str = PHONE) -> int:
    return world.texts_to(phone).count(NUDGE)


def unread(world: World, visit_id: str, text: str = "Proszę o telefon do pacjentki") -> None:
    """Something was written to Anna, who has the visit, and she has had her text."""
    opened(world, won(world, visit_id))
    say(world, visit_id, text)
    world.advance(timedelta(minutes=15))


def waiting(world: World) -> list[tuple[str, str]]:
    return [(one.body, one.reason) for one in world.call(list_texts, ListTexts()).texts]


def test_who_has_not_read_for_a_quarter_of_an_hour_gets_one_text(staffed: World, visit_id: str) -> None:
    staffed.tasks_come_twice()
    opened(staffed, won(staffed, visit_id))
    say(staffed, visit_id, "jeden")
    staffed.advance(timedelta(minutes=14))
    say(staffed, visit_id, "dwa")
    assert nudges(staffed) == 0
    staffed.advance(timedelta(minutes=1))
    assert nudges(staffed) == 1
    say(staffed, visit_id, "trzy")
    staffed.advance(timedelta(hours=3))
    assert nudges(staffed) == 1


@pytest.mark.parametrize("language", ["pl", "en", "uk"])
def test_the_text_is_one_segment_and_says_nothing_of_what_was_written(language: str) -> None:
    assert segments(unread_text(language).body).segments == 1
    assert "wiadomość" not in unread_text(language).body  # no sign that makes three segments of it


def test_who_has_read_in_time_gets_none_and_later_news_are_new(staffed: World, visit_id: str) -> None:
    opened(staffed, won(staffed, visit_id))
    last = say(staffed, visit_id, "jeden").number
    read(staffed, visit_id, last, as_=as_doctor(ANNA))
    staffed.advance(timedelta(hours=1))
    assert nudges(staffed) == 0
    say(staffed, visit_id, "dwa")
    staffed.advance(timedelta(minutes=15))
    assert nudges(staffed) == 1
    read(staffed, visit_id, last + 1, as_=as_doctor(ANNA))
    say(staffed, visit_id, "trzy")
    staffed.advance(timedelta(minutes=15))
    assert nudges(staffed) == 2


def test_nobody_is_woken(staffed: World, visit_id: str) -> None:
    opened(staffed, won(staffed, visit_id))
    staffed.advance(timedelta(hours=11))  # nine in the evening in Warsaw
    say(staffed, visit_id, "na jutro")
    staffed.advance(timedelta(hours=9, minutes=59))
    assert nudges(staffed) == 0
    staffed.advance(timedelta(minutes=1))
    assert nudges(staffed) == 1
    assert staffed.clock.now() == datetime(2026, 11, 25, 6, 0, tzinfo=UTC)


def test_a_timer_that_was_lost_is_found(staffed: World, visit_id: str) -> None:
    opened(staffed, won(staffed, visit_id))
    say(staffed, visit_id, "jeden")
    staffed.queue.pending.clear()
    staffed.advance(timedelta(minutes=17))
    assert nudges(staffed) == 0
    staffed.tick(sweep_unread)
    staffed.tick(sweep_unread)
    assert nudges(staffed) == 1


def test_who_wrote_last_is_not_texted_nor_who_lost_the_visit(staffed: World, visit_id: str) -> None:
    ask(staffed, visit_id, ANNA, PIOTR)
    staffed.advance(timedelta(minutes=10))
    opened(staffed, visit_id, ANNA, PIOTR)
    say(staffed, visit_id, "moje pytanie", as_=as_doctor(ANNA))
    won_by(staffed, visit_id, ANNA)
    staffed.advance(timedelta(hours=1))
    assert nudges(staffed) == 0
    assert nudges(staffed, PHONES[PIOTR]) == 0
    assert staffed.record(ReadMarker, marker_id(visit_id, seat_of_doctor(PIOTR))).nudge_at is None


def won_by(world: World, visit_id: str, doctor_id: str) -> None:
    from functions.house_visits.accept_offer import AcceptOffer, accept_offer

    world.call(accept_offer, AcceptOffer(visit_id=visit_id), as_=as_doctor(doctor_id))
    world.settle()


def test_the_answer_joins_the_conversation_once(staffed: World, visit_id: str) -> None:
    unread(staffed, visit_id)
    staffed.tasks_come_twice()
    staffed.text_from(PHONE, "Zadzwonię za godzinę, stoję w korku")
    staffed.settle()
    staffed.text_again(PHONE, "Zadzwonię za godzinę, stoję w korku")
    staffed.settle()
    seen = messages(staffed, visit_id)[-1]
    assert (seen.text, seen.way, seen.author_name) == (
        "Zadzwonię za godzinę, stoję w korku", "sms", "Anna Zielińska",
    )  # fmt: skip
    assert len(said(staffed, visit_id)) == 2
    assert waiting(staffed) == []


def test_a_yes_that_can_mean_nothing_else_joins_it(staffed: World, visit_id: str) -> None:
    unread(staffed, visit_id, "Czy ma Pani EKG?")
    staffed.text_from(PHONE, "tak")
    staffed.settle()
    assert said(staffed, visit_id)[-1] == "tak"


def test_a_no_of_who_is_to_come_goes_to_a_person_as_ever(staffed: World, visit_id: str) -> None:
    staffed.with_one_sender()  # that also carried the offer: it may mean that she cannot come
    unread(staffed, visit_id, "Czy ma Pani EKG?")
    staffed.text_from(PHONE, "nie")
    staffed.settle()
    assert len(said(staffed, visit_id)) == 1
    assert [body for body, _ in waiting(staffed)] == ["nie"]


def test_an_answer_to_an_open_offer_stays_one(staffed: World, visit_id: str) -> None:
    """Anna holds an open offer on the very number that told her of something unread."""
    staffed.with_one_sender()
    ask(staffed, visit_id, ANNA, PIOTR, minutes=60)
    opened(staffed, visit_id, ANNA)
    say(staffed, visit_id, "Czy zdąży Pani do 16?")
    staffed.advance(timedelta(minutes=15))
    assert nudges(staffed) == 1
    staffed.text_from(PHONE, "A który to adres?")
    staffed.settle()
    staffed.text_from(PHONE, "tak")
    staffed.settle()
    assert waiting(staffed) == []
    assert said(staffed, visit_id) == ["Czy zdąży Pani do 16?", "A który to adres?"]
    assert messages(staffed, visit_id)[-1].text == "Wizyta jest umówiona."


def test_an_answer_that_two_conversations_wait_for_goes_to_a_person(staffed: World, visit_id: str) -> None:
    staffed.with_one_sender()
    unread(staffed, visit_id)
    other = another_visit(staffed)
    opened(staffed, won(staffed, other))
    say(staffed, other, "I jeszcze jedno")
    staffed.advance(timedelta(minutes=15))
    staffed.text_from(PHONE, "Oddzwonię")
    staffed.settle()
    assert len(said(staffed, visit_id)) == len(said(staffed, other)) == 1
    assert waiting(staffed) == [("Oddzwonię", "several_conversations")]


def test_two_conversations_are_told_apart_by_our_numbers(staffed: World, visit_id: str) -> None:
    unread(staffed, visit_id)
    first = staffed.phones.sent[-1].sms.sender
    other = another_visit(staffed)
    opened(staffed, won(staffed, other))
    say(staffed, other, "I jeszcze jedno")
    staffed.advance(timedelta(minutes=15))
    staffed.text_from(PHONE, "Oddzwonię", to=first)
    staffed.settle()
    assert said(staffed, visit_id)[-1] == "Oddzwonię"
    assert len(said(staffed, other)) == 1


def test_a_text_without_a_word_of_ours_before_it_goes_to_a_person(staffed: World, visit_id: str) -> None:
    opened(staffed, won(staffed, visit_id))
    staffed.text_from(PHONES[PIOTR], "Kiedy wypłata?")
    staffed.settle()
    assert said(staffed, visit_id) == []
    assert [body for body, _ in waiting(staffed)] == ["Kiedy wypłata?"]


def test_a_text_the_day_after_is_no_answer_any_more(staffed: World, visit_id: str) -> None:
    unread(staffed, visit_id)
    staffed.advance(timedelta(hours=24))
    staffed.text_from(PHONE, "Dopiero widzę")
    staffed.settle()
    assert len(said(staffed, visit_id)) == 1


def test_an_answer_to_a_closed_conversation_waits_for_a_person(staffed: World, visit_id: str) -> None:
    unread(staffed, visit_id)
    staffed.call(close_thread, CloseThread(thread_id=visit_id))
    staffed.text_from(PHONE, "Zadzwonię za godzinę")
    staffed.settle()
    assert waiting(staffed) == [("Zadzwonię za godzinę", "conversation_is_over")]


def test_a_stop_is_a_stop(staffed: World, visit_id: str) -> None:
    unread(staffed, visit_id)
    staffed.text_from(PHONE, "STOP")
    staffed.settle()
    assert len(said(staffed, visit_id)) == 1
    say(staffed, visit_id, "jeszcze coś")
    staffed.advance(timedelta(hours=1))
    assert nudges(staffed) == 1
