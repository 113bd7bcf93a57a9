"""Fifty doctors say yes to one visit at the same instant. `python -m tests.bench.race`

Every yes goes through the real door in a thread of its own, all of them released together. Two counts
are kept apart: the calls until a yes knows its fate, which are its reads and, unless they tell that the
visit is taken, its first try to change it; and all its calls (looking again after a lost race, the line
in the log, the answer by text).
"""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import partial
from io import StringIO
from random import Random
from statistics import mean, median
from threading import Barrier
from time import perf_counter
from typing import Final

from functions.house_visits.domain.visit import Visit
from shared.runtime import catalog
from shared.runtime.problem import Answer
from tests.bench.figure import Figure, p99, show
from tests.bench.measured_world import MeasuredWorld
from tests.bench.offered import Asked, ask, look_around, yes_by_text, yes_in_the_app

DOCTORS: Final = 50
BY_TEXT: Final = 10
RACES: Final = 20
SECONDS_MAX: Final = 60
DECIDED_IN_THE_APP_MAX: Final = 2
DECIDED_BY_TEXT_MAX: Final = 3


@dataclass(frozen=True)
class Yes:
    by_text: bool
    say: Callable[[], Answer]


@dataclass(frozen=True)
class Reply:
    """One yes and what became of it. `decided_after`: calls to Firestore until it knew."""

    by_text: bool
    status: int
    decided_after: int
    calls: int
    ms: float


def yeses(world: MeasuredWorld, visit_id: str, texts: Sequence[Asked], taps: Sequence[Asked]) -> list[Yes]:
    """Texts have come in already, all at once; what is left is to read them. Who taps was in the app."""
    for one in taps:
        look_around(world, one)
    with ThreadPoolExecutor(max(1, len(texts))) as pool:
        answers = list(pool.map(partial(yes_by_text, world), texts))
    assert all(one.status == 200 for one in answers)
    read_reply = catalog.find("house_visits__read_reply")
    bodies = [body for topic, body in world.topics.take() if topic == "sms-received"]
    return [
        *(Yes(True, partial(world.deliver, read_reply, body)) for body in bodies),
        *(Yes(False, partial(yes_in_the_app, world, visit_id, one)) for one in taps),
    ]


def at_once(world: MeasuredWorld, all_yeses: Sequence[Yes], threads: int) -> list[Reply]:
    """In mixed order, as many at an instant as there are threads."""
    mixed = Random(len(all_yeses)).sample(list(all_yeses), len(all_yeses))
    start = Barrier(threads)

    def reply(yes: Yes) -> Reply:
        with world.meter.counting() as tally:
            began = perf_counter()
            answer = yes.say()
            ms = (perf_counter() - began) * 1000
        mine = tally().of_this_thread()
        return Reply(
            yes.by_text, answer.status, len(mine.until_first_try(Visit.kind).rpcs), len(mine.rpcs), ms
        )

    def work(own: Sequence[Yes]) -> list[Reply]:
        start.wait()
        return [reply(one) for one in own]

    with ThreadPoolExecutor(threads) as pool:
        shares = [mixed[number::threads] for number in range(threads)]
        return [one for replies in pool.map(work, shares) for one in replies]


def race(world: MeasuredWorld, number: int) -> tuple[list[Reply], int]:
    """The replies, and how many doctors hold the visit afterwards."""
    visit_id = f"v-{number}"
    asked = ask(world, visit_id, DOCTORS, first=number * DOCTORS)
    replies = at_once(world, yeses(world, visit_id, asked[:BY_TEXT], asked[BY_TEXT:]), DOCTORS)
    visit = world.record(Visit, visit_id)
    winners = sum(visit.is_won_by(one.doctor_id) for one in asked)
    booked = world.log_of(visit).count("booked")
    return replies, winners if booked == winners else -1


def run(races: int = RACES) -> list[Figure]:
    world, replies, winners = MeasuredWorld(), [], []
    began = perf_counter()
    with redirect_stdout(StringIO()):  # the log of every call
        for number in range(races):
            told, won = race(world, number)
            replies += told
            winners.append(won)
            if perf_counter() - began > SECONDS_MAX:
                break
    return figures(replies, winners, races)


def figures(replies: list[Reply], winners: list[int], races: int) -> list[Figure]:
    name = f"{DOCTORS} yeses at once"
    errors = sum(one.status not in (200, 409) for one in replies)
    taps = Counter(one.decided_after for one in replies if not one.by_text)
    texts = Counter(one.decided_after for one in replies if one.by_text)
    times = [one.ms for one in replies]
    return [
        Figure(
            f"{name}: races with one winner",
            f"{races} of {races}",
            f"{winners.count(1)} of {len(winners)}",
            winners.count(1) == races,
        ),
        Figure(f"{name}: errors", "0", f"{errors} of {len(replies)}", errors == 0),
        _decided(f"{name}: calls until a tap knows", taps, DECIDED_IN_THE_APP_MAX),
        _decided(f"{name}: calls until a text knows", texts, DECIDED_BY_TEXT_MAX),
        Figure(
            f"{name}: all calls of a yes",
            "",
            f"tap {mean(one.calls for one in replies if not one.by_text):.1f},"
            f" text {mean(one.calls for one in replies if one.by_text):.1f} on average",
        ),
        Figure(f"{name}: answered", "", f"p50 {median(times):.0f} ms, p99 {p99(times):.0f} ms"),
    ]


def _decided(name: str, calls: Counter[int], most: int) -> Figure:
    told = ", ".join(f"{many} x {number}" for number, many in sorted(calls.items()))
    return Figure(name, f"<= {most}", told, max(calls) <= most)


if __name__ == "__main__":
    sys.exit(show(run()))
