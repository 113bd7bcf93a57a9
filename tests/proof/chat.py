"""Two people write five hundred messages each at the same time: nothing is lost, doubled or out of order.

`./emulator.sh proof chat`, on the Firestore emulator. Every seventh message is sent twice, as an app does
that saw no answer. Meanwhile a third one reads with a cursor and loses the connection again and again.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from threading import Barrier, Event
from time import perf_counter
from typing import Any, Final

from functions.chat.domain.marker import ReadMarker, marker_id
from functions.chat.domain.message import Message, message_id
from functions.chat.domain.thread import Thread, seat_of
from shared.contracts.circles import Circle, Stage
from shared.kernel.actors import Actor
from shared.runtime import catalog
from tests.bench.measured_world import MeasuredWorld
from tests.outside import START
from tests.people import ANNA, as_doctor, doctor
from tests.proof.progress import bar, carried_out, end, need, without_log
from tests.world import OPERATOR, TENANT

MESSAGES: Final = 500
THREAD: Final = "visit-1"
AGAIN: Final = 7
APP_TRIES: Final = 50
PAGE: Final = 40
LOST_CONNECTION: Final = 0.3
WRITERS: Final = (OPERATOR, as_doctor(ANNA))
READER: Final = OPERATOR.but(user_id="op-2")


@dataclass
class Talk:
    """What the proof has seen. `heard`: what the reader holds, by number. `written` hears of each message."""

    world: MeasuredWorld
    written: Callable[[], None] = lambda: None
    sent: dict[str, list[int]] = field(default_factory=dict)
    heard: dict[int, str] = field(default_factory=dict)
    reconnections: int = 0
    seconds: float = 0.0


def prepared() -> MeasuredWorld:
    world = MeasuredWorld()
    world.given(
        doctor(world, ANNA),
        Circle(id=THREAD, tenant_id=TENANT, case_kind="visit", stage=Stage.BOOKED, worker_id=ANNA),
        Thread(id=THREAD, tenant_id=TENANT, case_kind="visit", opened_at=START, written_at=START),
    )
    for one in (*WRITERS, READER):
        world.join(one)
    return world


def talk(messages: int, seed: int, written: Callable[[], None] = lambda: None) -> Talk:
    found = Talk(prepared(), written)
    start, over = Barrier(len(WRITERS) + 1), Event()
    began = perf_counter()
    with ThreadPoolExecutor(len(WRITERS) + 1) as pool:
        reading = pool.submit(_read, found, Random(seed), start, over)
        writing = [pool.submit(_write, found, one, messages, start) for one in WRITERS]
        try:
            for one in writing:
                one.result()
        finally:
            over.set()
        reading.result()
    found.seconds = perf_counter() - began
    return found


def _write(found: Talk, who: Actor, messages: int, start: Barrier) -> None:
    numbers = found.sent.setdefault(who.user_id, [])
    start.wait()
    for place in range(messages):
        first = _send(found, who, place)
        if place % AGAIN == 0 and _send(found, who, place) != first:
            raise AssertionError(f"message {place} of {who.user_id} is two messages")
        numbers.append(first)
        found.written()


def _send(found: Talk, who: Actor, place: int) -> int:
    """As an app does: told to try again, it does, with the same id."""
    fields = {"thread_id": THREAD, "message_id": f"{who.user_id}-{place:06d}", "text": f"nr {place}"}
    for attempt in range(APP_TRIES):
        key = f"send-{who.user_id}-{place}-{attempt}"  # each is another request: the message's id must do it
        answer = found.world.answer(catalog.find("chat__send_message"), dict(fields), who, key)
        if answer.status == 200:
            return int(json.loads(answer.body)["number"])
        if answer.status != 503:
            raise AssertionError(answer.body)
    raise AssertionError(f"message {place} of {who.user_id} never came in")


def _read(found: Talk, chance: Random, start: Barrier, over: Event) -> None:
    """From the last number it holds; an answer that gets lost is asked for again."""
    start.wait()
    while True:
        last_round = over.is_set()
        page = _page(found, max(found.heard, default=0))
        if chance.random() < LOST_CONNECTION:
            found.reconnections += 1
            continue
        for one in page["messages"]:
            if found.heard.get(one["number"], one["text"]) != one["text"]:
                raise AssertionError(f"number {one['number']} is two messages")
            found.heard[one["number"]] = one["text"]
        if last_round and len(found.heard) == page["last_number"]:
            return


def _page(found: Talk, after: int) -> dict[str, Any]:
    fields = {"thread_id": THREAD, "after": after, "page_size": PAGE}
    answer = found.world.answer(catalog.find("chat__list_messages"), fields, READER, "reads")
    page: dict[str, Any] = json.loads(answer.body)
    return page


def wrong(found: Talk, messages: int) -> list[str]:
    """What the store and the reader show that they must not; nothing, when it holds."""
    thread = found.world.record(Thread, THREAD)
    total = messages * len(WRITERS)
    stored = [
        found.world.record(Message, message_id(THREAD, one)) for one in range(1, thread.last_number + 1)
    ]
    faults = [
        *([f"{thread.last_number} messages instead of {total}"] if thread.last_number != total else []),
        *([] if [one.number for one in stored] == list(range(1, total + 1)) else ["numbers have a gap"]),
        *(
            []
            if [found.heard.get(one.number) for one in stored] == [one.text for one in stored]
            else ["heard"]
        ),
    ]
    for who in WRITERS:
        own = [one for one in stored if one.author.seat == seat_of(who)]
        if [one.text for one in own] != [f"nr {place}" for place in range(messages)]:
            faults.append(f"what {who.user_id} wrote is not there once and in order")
        if [one.number for one in own] != found.sent[who.user_id]:
            faults.append(f"{who.user_id} was told other numbers")
        marker = found.world.record(ReadMarker, marker_id(THREAD, seat_of(who)))
        if marker.unread(thread.last_number) != messages:
            faults.append(f"{who.user_id} has {marker.unread(thread.last_number)} unread")
    return faults


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="./emulator.sh proof chat", description=__doc__)
    parser.add_argument("--messages", type=int, default=MESSAGES, help="of each of the two")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(words)
    need("FIRESTORE_EMULATOR_HOST")
    with bar("messages", asked.messages * len(WRITERS)) as written, without_log():
        found = talk(asked.messages, asked.seed, written)
        faults = wrong(found, asked.messages)
    figures = (
        f"2 × {asked.messages} messages in {found.seconds:.0f} s · {len(found.heard)} heard over "
        f"{found.reconnections} lost connections · {len(faults)} faults"
    )
    return end(faults, figures)


if __name__ == "__main__":
    sys.exit(carried_out(main))
