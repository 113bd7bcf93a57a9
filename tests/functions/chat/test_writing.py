"""A message takes the next number of its thread, once, and is read by who takes part."""

import pytest

from functions.chat.close_thread import CloseThread, close_thread
from functions.chat.domain.attaching import EmptyMessage
from functions.chat.domain.marker import NotThereYet
from functions.chat.domain.message import SentMark
from functions.chat.domain.reading import AfterOrBefore
from functions.chat.domain.taking_part import ThreadClosed
from functions.chat.domain.thread import ThreadStatus
from functions.chat.domain.writing import MessageIdUsed
from functions.chat.list_threads import ListThreads, list_threads
from functions.chat.search_thread import SearchThread, search_thread
from shared.kernel.errors import NotFound
from tests.functions.chat.talk import another_visit, messages, opened, read, row, said, say, won
from tests.people import ANNA, PIOTR, as_doctor
from tests.world import FOREIGN_OPERATOR, OPERATOR, World

ANNA_HERSELF = as_doctor(ANNA)
NIGHT_SHIFT = OPERATOR.but(user_id="op-2")


def test_two_people_talk_and_the_numbers_have_no_gap(staffed: World, visit_id: str) -> None:
    opened(staffed, won(staffed, visit_id))
    say(staffed, visit_id, "Proszę zadzwonić domofonem.")
    say(staffed, visit_id, "Dziękuję, będę o 15.", as_=ANNA_HERSELF)
    seen = messages(staffed, visit_id, as_=ANNA_HERSELF)
    assert [one.number for one in seen] == [1, 2, 3]
    assert [one.text for one in seen] == [
        "Rozmowa otwarta.", "Proszę zadzwonić domofonem.", "Dziękuję, będę o 15.",
    ]  # fmt: skip
    assert [one.is_mine for one in seen] == [False, False, True]
    assert [one.author_name for one in seen] == ["", "", "Anna Zielińska"]


def test_the_same_id_twice_is_one_message(staffed: World, visit_id: str) -> None:
    opened(staffed, won(staffed, visit_id))
    first = say(staffed, visit_id, "Dzień dobry", message_id="mine-0001")
    again = say(staffed, visit_id, "Dzień dobry", message_id="mine-0001")
    assert again == first
    assert said(staffed, visit_id) == ["Dzień dobry"]


@pytest.mark.parametrize(("text", "doctor"), [("Coś innego", False), ("Dzień dobry", True)])
def test_an_id_that_another_message_has_is_refused(
    staffed: World, visit_id: str, text: str, doctor: bool
) -> None:
    opened(staffed, won(staffed, visit_id))
    say(staffed, visit_id, "Dzień dobry", message_id="mine-0001")
    with pytest.raises(MessageIdUsed):
        say(staffed, visit_id, text, message_id="mine-0001", as_=ANNA_HERSELF if doctor else OPERATOR)
    assert said(staffed, visit_id) == ["Dzień dobry"]


def test_a_message_that_was_changed_meanwhile_is_still_the_same_when_it_comes_again(
    staffed: World, visit_id: str
) -> None:
    from functions.chat.edit_message import EditMessage, edit_message

    opened(staffed, won(staffed, visit_id))
    sent = say(staffed, visit_id, "o 15", message_id="mine-0001")
    staffed.call(edit_message, EditMessage(thread_id=visit_id, number=sent.number, text="o 16"))
    assert say(staffed, visit_id, "o 15", message_id="mine-0001").text == "o 16"
    assert staffed.record(SentMark, f"{visit_id}.mine-0001").number == sent.number


@pytest.mark.parametrize("text", ["", "   \n "])
def test_nothing_is_no_message(staffed: World, visit_id: str, text: str) -> None:
    opened(staffed, won(staffed, visit_id))
    with pytest.raises(EmptyMessage):
        say(staffed, visit_id, text)


def test_what_others_wrote_is_unread_until_it_is_read(staffed: World, visit_id: str) -> None:
    opened(staffed, won(staffed, visit_id))
    for text in ("jeden", "dwa", "trzy"):
        say(staffed, visit_id, text)
    assert row(staffed, visit_id, as_=ANNA_HERSELF).unread == 4  # and that the thread was opened
    say(staffed, visit_id, "odpowiedź", as_=ANNA_HERSELF)
    assert row(staffed, visit_id, as_=ANNA_HERSELF).unread == 4
    assert read(staffed, visit_id, 3, as_=ANNA_HERSELF) == 1
    assert read(staffed, visit_id, 5, as_=ANNA_HERSELF) == 0
    assert row(staffed, visit_id).unread == 2  # of whom wrote without saying what they have read


def test_who_writes_may_say_what_they_have_seen(staffed: World, visit_id: str) -> None:
    opened(staffed, won(staffed, visit_id))
    say(staffed, visit_id, "jeden")
    say(staffed, visit_id, "odpowiedź", as_=ANNA_HERSELF, read_up_to=2)
    assert row(staffed, visit_id, as_=ANNA_HERSELF).unread == 0


def test_a_marker_never_moves_back_nor_ahead_of_what_there_is(staffed: World, visit_id: str) -> None:
    opened(staffed, won(staffed, visit_id))
    say(staffed, visit_id, "jeden")
    assert read(staffed, visit_id, 2, as_=ANNA_HERSELF) == 0
    assert read(staffed, visit_id, 1, as_=ANNA_HERSELF) == 0
    assert row(staffed, visit_id, as_=ANNA_HERSELF).read_up_to == 2
    with pytest.raises(NotThereYet):
        read(staffed, visit_id, 3, as_=ANNA_HERSELF)


def test_a_cursor_goes_both_ways(staffed: World, visit_id: str) -> None:
    opened(staffed, won(staffed, visit_id))
    for number in range(2, 8):
        say(staffed, visit_id, f"nr {number}")
    assert [one.number for one in messages(staffed, visit_id, after=3, page_size=2)] == [4, 5]
    assert [one.number for one in messages(staffed, visit_id, before=3, page_size=5)] == [1, 2]
    assert [one.number for one in messages(staffed, visit_id, page_size=2)] == [6, 7]
    assert messages(staffed, visit_id, after=7) == []
    assert messages(staffed, visit_id, after=99) == []
    assert [one.number for one in messages(staffed, visit_id, before=500, page_size=1)] == [7]
    with pytest.raises(AfterOrBefore):
        messages(staffed, visit_id, after=1, before=3)


def test_an_operator_sees_their_own_threads_first(staffed: World, visit_id: str) -> None:
    other = another_visit(staffed)
    opened(staffed, visit_id)
    opened(staffed, other, as_=NIGHT_SHIFT)
    listed = staffed.call(list_threads, ListThreads()).threads
    assert [(one.thread_id, one.takes_part) for one in listed] == [(visit_id, True), (other, False)]
    mine = staffed.call(list_threads, ListThreads(mine=True), as_=NIGHT_SHIFT).threads
    assert [one.thread_id for one in mine] == [other]
    assert mine[0].last_message is not None
    assert mine[0].last_message.text == "Rozmowa otwarta."


def test_a_closed_thread_is_read_and_not_written_until_it_is_opened_again(
    staffed: World, visit_id: str
) -> None:
    opened(staffed, won(staffed, visit_id))
    staffed.call(close_thread, CloseThread(thread_id=visit_id))
    staffed.call(close_thread, CloseThread(thread_id=visit_id))
    with pytest.raises(ThreadClosed):
        say(staffed, visit_id, "jeszcze coś", as_=ANNA_HERSELF)
    for who in (OPERATOR, ANNA_HERSELF):
        assert not staffed.call(list_threads, ListThreads(status=ThreadStatus.OPEN), as_=who).threads
        assert staffed.call(list_threads, ListThreads(status=ThreadStatus.CLOSED), as_=who).threads
    assert opened(staffed, visit_id, as_=ANNA_HERSELF).status == "closed"
    opened(staffed, visit_id)
    say(staffed, visit_id, "jeszcze coś", as_=ANNA_HERSELF)
    assert [one.text for one in messages(staffed, visit_id)] == [
        "Rozmowa otwarta.", "Rozmowa zamknięta.", "Rozmowa otwarta ponownie.", "jeszcze coś",
    ]  # fmt: skip


def test_words_are_found_without_their_accents(staffed: World, visit_id: str) -> None:
    opened(staffed, won(staffed, visit_id))
    say(staffed, visit_id, "Proszę użyć drzwi od Łąkowej")
    say(staffed, visit_id, "inne")
    found = staffed.call(search_thread, SearchThread(thread_id=visit_id, text="lakowej PROSZE"))
    assert [one.number for one in found.messages] == [2]
    assert found.searched_from == 1


@pytest.mark.parametrize("who", [as_doctor(PIOTR), FOREIGN_OPERATOR])
def test_who_takes_no_part_finds_no_thread(staffed: World, visit_id: str, who: object) -> None:
    opened(staffed, won(staffed, visit_id))
    with pytest.raises(NotFound):
        messages(staffed, visit_id, as_=who)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        say(staffed, visit_id, "halo", as_=who)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        opened(staffed, visit_id, as_=who)  # type: ignore[arg-type]
