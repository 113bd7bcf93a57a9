"""Conversations are carried to Rocket.Chat and back: in order, each once, whatever fails on the way."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from functions.chat.close_thread import CloseThread, close_thread
from functions.chat.domain.crossing import CARRIED_AT_ONCE, FETCHED_AT_ONCE, Crossing
from functions.chat.sweep_bridges import sweep_bridges
from infra.local.rocket_chat.twin import TOKEN, USER, RocketChatTwin, Room
from shared.adapters.rocket_chat import RocketChat
from shared.runtime.problem import Answer
from tests.functions.chat.talk import messages, opened, said, say, won
from tests.people import ANNA, as_doctor
from tests.world import World


@pytest.fixture(scope="module")
def running() -> Iterator[RocketChatTwin]:
    twin = RocketChatTwin()
    twin.start()
    yield twin
    twin.stop()


@pytest.fixture
def rocket(staffed: World, running: RocketChatTwin) -> RocketChatTwin:
    running.reset()
    staffed.settings = staffed.wiring.settings = staffed.settings.but(bridge="rocket_chat")
    staffed.wiring.__dict__["bridge"] = RocketChat(running.url, USER, TOKEN)
    return running


def room_of(rocket: RocketChatTwin) -> Room:
    (room,) = rocket.rooms.values()
    return room


def hears(world: World, room: Room, message_id: str, secret: str = "") -> Answer:
    answer = world.hint_from(room.id, message_id, secret)
    world.settle()
    return answer


def test_a_thread_has_a_room_with_all_that_was_said(
    staffed: World, visit_id: str, rocket: RocketChatTwin
) -> None:
    opened(staffed, won(staffed, visit_id))
    for number in range(3):
        say(staffed, visit_id, f"nr {number}")
    say(staffed, visit_id, "jadę", as_=as_doctor(ANNA))
    staffed.tasks_come_twice()
    staffed.settle()
    assert rocket.texts(room_of(rocket)) == [
        "_Rozmowa otwarta._", "*Centrum obsługi:* nr 0", "*Centrum obsługi:* nr 1", "*Centrum obsługi:* nr 2",
        "*Lekarz:* jadę",
    ]  # fmt: skip


def test_what_is_written_there_joins_the_thread_once_and_in_order(
    staffed: World, visit_id: str, rocket: RocketChatTwin
) -> None:
    opened(staffed, won(staffed, visit_id))
    staffed.settle()
    room = room_of(rocket)
    first, second = rocket.somebody_writes(room, "jeden"), rocket.somebody_writes(room, "dwa")
    for one in (second, first, second):
        assert hears(staffed, room, one).status == 200
    assert said(staffed, visit_id, as_=as_doctor(ANNA)) == ["jeden", "dwa"]
    assert [one.way for one in messages(staffed, visit_id)[1:]] == ["bridge", "bridge"]
    staffed.settle()
    assert len(room.messages) == 3  # and it is not carried back


def test_who_is_not_rocket_chat_is_not_heard(staffed: World, visit_id: str, rocket: RocketChatTwin) -> None:
    opened(staffed, won(staffed, visit_id))
    staffed.settle()
    room = room_of(rocket)
    assert hears(staffed, room, rocket.somebody_writes(room, "jeden"), "wrong").status == 401
    assert said(staffed, visit_id) == []


def test_a_webhook_that_was_lost_costs_five_minutes(
    staffed: World, visit_id: str, rocket: RocketChatTwin
) -> None:
    opened(staffed, won(staffed, visit_id))
    staffed.settle()
    rocket.somebody_writes(room_of(rocket), "jeden")
    staffed.tick(sweep_bridges)
    staffed.tick(sweep_bridges)
    assert said(staffed, visit_id) == ["jeden"]


def test_more_than_is_fetched_at_once_comes_in_its_order_and_whole(
    staffed: World, visit_id: str, rocket: RocketChatTwin
) -> None:
    """It tells the newest first; the oldest are not passed over."""
    opened(staffed, won(staffed, visit_id))
    staffed.settle()
    number = 2 * FETCHED_AT_ONCE + 5
    written = [rocket.somebody_writes(room_of(rocket), f"nr {one}") for one in range(number)]
    assert hears(staffed, room_of(rocket), written[-1]).status == 200
    seen = [one for after in (1, 101, 201) for one in messages(staffed, visit_id, after=after)]
    assert [one.text for one in seen] == [f"nr {one}" for one in range(number)]


def test_an_outage_is_caught_up(staffed: World, visit_id: str, rocket: RocketChatTwin) -> None:
    rocket.away = True
    opened(staffed, won(staffed, visit_id))
    for number in range(5):
        say(staffed, visit_id, f"nr {number}")
    staffed.advance(timedelta(minutes=20))
    assert rocket.rooms == {}
    assert len(said(staffed, visit_id)) == 5  # nobody waits for it
    rocket.away = False
    staffed.advance(timedelta(minutes=20))
    assert [text[-4:] for text in rocket.texts(room_of(rocket))[1:]] == [f"nr {one}" for one in range(5)]


def test_more_than_one_load_is_carried_without_waiting_for_the_sweeper(
    staffed: World, visit_id: str, rocket: RocketChatTwin
) -> None:
    rocket.away = True
    opened(staffed, won(staffed, visit_id))
    for number in range(CARRIED_AT_ONCE + 20):
        say(staffed, visit_id, f"nr {number}")
    staffed.settle()
    rocket.away = False
    staffed.advance(timedelta(minutes=20))
    texts = rocket.texts(room_of(rocket))
    assert [text.rpartition(":* ")[2] for text in texts[1:]] == [f"nr {one}" for one in range(70)]


def test_too_fast_waits_as_long_as_it_is_told(staffed: World, visit_id: str, rocket: RocketChatTwin) -> None:
    rocket.limit = 4
    opened(staffed, won(staffed, visit_id))
    for number in range(5):
        say(staffed, visit_id, f"nr {number}")
    staffed.settle()
    waiting = [one.at for one in staffed.queue.pending if one.entry_point == "chat__carry_messages"]
    assert min(waiting) == staffed.clock.now() + timedelta(seconds=7)
    staffed.advance(timedelta(minutes=1))
    assert len(rocket.texts(room_of(rocket))) == 6


@pytest.mark.parametrize("lost", [1, 2, 3, 4, 5, 9])
def test_an_answer_that_was_lost_doubles_nothing(
    staffed: World, visit_id: str, rocket: RocketChatTwin, lost: int
) -> None:
    rocket.deaf = lost
    opened(staffed, won(staffed, visit_id))
    for number in range(5):
        say(staffed, visit_id, f"nr {number}")
    staffed.advance(timedelta(hours=1))
    texts = rocket.texts(room_of(rocket))
    assert [text[-4:] for text in texts[1:]] == [f"nr {one}" for one in range(5)]


def test_a_carrier_that_dies_in_the_middle_leaves_nothing_twice(
    staffed: World, visit_id: str, rocket: RocketChatTwin
) -> None:
    """It has posted three messages, and its commit never came: the next one begins where the store stands."""
    opened(staffed, won(staffed, visit_id))
    staffed.settle()
    before = staffed.record(Crossing, visit_id)
    for number in range(5):
        say(staffed, visit_id, f"nr {number}")
    staffed.settle()
    staffed.given(before)
    say(staffed, visit_id, "nr 5")
    staffed.settle()
    assert [text[-4:] for text in rocket.texts(room_of(rocket))[1:]] == [f"nr {one}" for one in range(6)]
    assert staffed.record(Crossing, visit_id).carried == 7


def test_a_closed_thread_closes_its_room_and_an_opened_one_opens_it(
    staffed: World, visit_id: str, rocket: RocketChatTwin
) -> None:
    opened(staffed, won(staffed, visit_id))
    staffed.call(close_thread, CloseThread(thread_id=visit_id))
    staffed.settle()
    assert room_of(rocket).archived
    assert staffed.record(Crossing, visit_id).is_over
    opened(staffed, visit_id)
    staffed.settle()
    assert not room_of(rocket).archived
    assert rocket.texts(room_of(rocket))[-1] == "_Rozmowa otwarta ponownie._"


def test_a_room_that_is_refused_is_shown_to_people_and_the_thread_works(
    staffed: World, visit_id: str, rocket: RocketChatTwin
) -> None:
    staffed.wiring.__dict__["bridge"] = RocketChat(rocket.url, USER, "wrong")
    opened(staffed, won(staffed, visit_id))
    say(staffed, visit_id, "działa")
    staffed.settle()
    assert staffed.record(Crossing, visit_id).refused == "error"
    assert said(staffed, visit_id) == ["działa"]


def test_while_the_bridge_is_off_nothing_is_carried(staffed: World, visit_id: str) -> None:
    opened(staffed, won(staffed, visit_id))
    assert not [one for one in staffed.queue.pending if one.entry_point == "chat__carry_messages"]
