"""A message is changed and taken back by who wrote it; what it said is kept."""

from datetime import timedelta

import pytest

from functions.chat.delete_message import DeleteMessage, delete_message
from functions.chat.domain.changing import EditWindowOver, MessageDeleted, NotYourMessage
from functions.chat.domain.message import Message, message_id
from functions.chat.edit_message import EditMessage, edit_message
from functions.chat.search_thread import SearchThread, search_thread
from tests.functions.chat.talk import messages, opened, say, won
from tests.people import ANNA, as_doctor
from tests.world import OPERATOR, World


def change(world: World, thread_id: str, number: int, text: str, doctor: bool = False) -> str:
    request = EditMessage(thread_id=thread_id, number=number, text=text)
    return world.call(edit_message, request, as_=as_doctor(ANNA) if doctor else OPERATOR).text


def take_back(world: World, thread_id: str, number: int, doctor: bool = False) -> bool:
    request = DeleteMessage(thread_id=thread_id, number=number)
    return world.call(delete_message, request, as_=as_doctor(ANNA) if doctor else OPERATOR).is_deleted


def test_a_change_shows_the_new_words_and_keeps_the_old(staffed: World, visit_id: str) -> None:
    opened(staffed, won(staffed, visit_id))
    number = say(staffed, visit_id, "o 15").number
    staffed.advance(timedelta(minutes=14))
    assert change(staffed, visit_id, number, "o 16") == "o 16"
    assert change(staffed, visit_id, number, "o 16") == "o 16"
    seen = messages(staffed, visit_id)[-1]
    assert (seen.text, seen.edited_at is not None) == ("o 16", True)
    kept = staffed.record(Message, message_id(visit_id, number)).earlier
    assert [one.text for one in kept] == ["o 15"]


def test_after_a_quarter_of_an_hour_a_message_stays_as_it_is(staffed: World, visit_id: str) -> None:
    opened(staffed, won(staffed, visit_id))
    number = say(staffed, visit_id, "o 15").number
    staffed.advance(timedelta(minutes=15, seconds=1))
    with pytest.raises(EditWindowOver):
        change(staffed, visit_id, number, "o 16")


def test_what_was_taken_back_leaves_a_tombstone(staffed: World, visit_id: str) -> None:
    opened(staffed, won(staffed, visit_id))
    number = say(staffed, visit_id, "tajne słowo").number
    say(staffed, visit_id, "dalej")
    assert take_back(staffed, visit_id, number)
    assert take_back(staffed, visit_id, number)
    seen = messages(staffed, visit_id, as_=as_doctor(ANNA))
    assert [(one.number, one.text) for one in seen[1:]] == [(2, "Wiadomość cofnięta."), (3, "dalej")]
    assert not staffed.call(search_thread, SearchThread(thread_id=visit_id, text="tajne")).messages
    kept = staffed.record(Message, message_id(visit_id, number)).earlier
    assert [one.text for one in kept] == ["tajne słowo"]
    with pytest.raises(MessageDeleted):
        change(staffed, visit_id, number, "znowu")


def test_nobody_touches_what_another_wrote_nor_what_the_case_said(staffed: World, visit_id: str) -> None:
    opened(staffed, won(staffed, visit_id))
    number = say(staffed, visit_id, "moje").number
    for one in (number, 1):
        with pytest.raises(NotYourMessage):
            change(staffed, visit_id, one, "cudze", doctor=True)
        with pytest.raises(NotYourMessage):
            take_back(staffed, visit_id, one, doctor=True)
