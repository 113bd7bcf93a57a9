"""A thousand yeses to one visit: one winner, each told exactly once what became of it, no error at any door.

A search asks thirty doctors at most, and that limit is real: a visit with a thousand offers would be a
document of half a megabyte, and its winner's commit would carry 999 letters. So the thousand come from
thirty doctors who all lose patience: each texts twice (every text signed, through the webhook, read
by the real reader) and taps "accept" in the app over and over, always with a new key.

Sixty-four yeses are in flight at any instant, as on four instances of sixteen; the others wait at the
door. What Pub/Sub would bring again, because the reader was too busy, is brought again here.
"""

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from functions.house_visits.domain.cascade import OFFERS_MAX
from functions.house_visits.domain.visit import Channel, Visit
from shared.runtime.problem import Answer
from tests.bench.measured_world import MeasuredWorld
from tests.bench.offered import Asked, ask
from tests.bench.race import Yes, at_once, yeses

pytestmark = pytest.mark.emulator

YESES = 1_000
TEXTS_EACH = 2
IN_FLIGHT = 64
DELIVERIES_MAX = 5
VISIT = "v-1"


def until_it_is_read(deliver: Callable[[], Answer]) -> Answer:
    """As Pub/Sub does: what is answered 503 comes again."""
    for _ in range(DELIVERIES_MAX):
        answer = deliver()
        if answer.status != 503:
            break
    return answer


def told(world: MeasuredWorld, one: Asked) -> Counter[str]:
    """What a doctor was texted, by the words that tell the texts apart."""
    words = {"jest Twoja": "won", "juz Twoja": "already yours", "obsadzona": "closed", "ktos inny": "taken"}
    return Counter(
        next(name for word, name in words.items() if word in text) for text in world.texts_to(one.phone)
    )


def test_a_thousand_yeses_have_one_winner_and_everybody_is_told_once(measured_world: MeasuredWorld) -> None:
    world, asked = measured_world, ask(measured_world, VISIT, OFFERS_MAX)
    texts = asked * TEXTS_EACH
    taps = [asked[number % OFFERS_MAX] for number in range(YESES - len(texts))]
    said = [
        Yes(True, partial(until_it_is_read, one.say)) if one.by_text else one
        for one in yeses(world, VISIT, texts, taps)
    ]

    replies = at_once(world, said, IN_FLIGHT)

    visit = world.record(Visit, VISIT)
    (winner,) = (one for one in asked if visit.is_won_by(one.doctor_id))
    losers = [one for one in asked if one != winner]
    assert world.log_of(visit).count("booked") == 1
    assert Counter((one.by_text, one.status) for one in replies) == {
        (True, 200): len(texts),
        (False, 200): taps.count(winner),
        (False, 409): len(taps) - taps.count(winner),
    }
    assert [told(world, one) for one in losers] == [{"closed": 1, "taken": TEXTS_EACH}] * len(losers)
    by_text = visit.winner is not None and visit.winner.channel == Channel.SMS
    assert told(world, winner) == Counter({"won": 1, "already yours": TEXTS_EACH - by_text})
