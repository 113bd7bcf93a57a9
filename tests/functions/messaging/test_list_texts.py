"""No text that a person must read is out of sight."""

import pytest

from functions.messaging.domain.inbox import TextDoesNotWait
from functions.messaging.list_texts import ListTexts, list_texts
from functions.messaging.settle_text import SettleText, settle_text
from tests.world import World

STRANGER = "+48512999888"


def waiting(world: World) -> list[str]:
    return [one.body for one in world.call(list_texts, ListTexts()).texts]


def test_a_strangers_text_waits_for_a_person_until_it_is_settled(world: World) -> None:
    world.text_from(STRANGER, "Proszę o telefon w sprawie wizyty")
    world.settle()
    (text,) = world.call(list_texts, ListTexts()).texts
    assert (text.sender, text.outcome) == (STRANGER, "to_operator")
    world.call(settle_text, SettleText(text_id=text.text_id))
    world.call(settle_text, SettleText(text_id=text.text_id))
    assert not waiting(world)


def test_what_does_not_wait_cannot_be_settled(world: World) -> None:
    world.text_from(STRANGER, "")
    world.settle()
    (text,) = world.call(list_texts, ListTexts(outcome="ignored")).texts
    with pytest.raises(TextDoesNotWait):
        world.call(settle_text, SettleText(text_id=text.text_id))


def test_the_newest_comes_first_and_pages_hold_them_all(world: World) -> None:
    for number in range(5):
        world.text_from(STRANGER, f"pytanie {number}?")
        world.settle()
        world.clock.at = world.clock.at.replace(minute=number + 1)
    first = world.call(list_texts, ListTexts(page_size=3))
    rest = world.call(list_texts, ListTexts(page_size=3, page_token=first.next_page_token))
    assert [one.body for one in (*first.texts, *rest.texts)] == [f"pytanie {n}?" for n in (4, 3, 2, 1, 0)]
