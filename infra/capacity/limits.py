"""What gets tight first: each limit with how much of it a month's busiest minute uses, and what moves it."""

from collections.abc import Sequence
from dataclasses import dataclass

from infra.capacity.model import (
    ARMOR_MAX,
    INSTANCES_MAX,
    QUEUE_DISPATCHES_MAX,
    SEQUENTIAL_WRITES_MAX,
    Month,
    declared,
    given,
    measured,
    told_stories,
)

QUEUE_RATE = 100
"""Dispatches a second of a queue that infra/terraform says nothing else of."""


@dataclass(frozen=True)
class Limit:
    """`used` and `most` in the same unit; both at the busiest minute."""

    name: str
    used: float
    most: float
    unit: str
    knob: str

    @property
    def share(self) -> float:
        return self.used / self.most


def limits(month: Month) -> Sequence[Limit]:
    """The tightest first."""
    busiest = max(month.actions.items(), key=lambda item: item[1].instances)
    rate = given()["texts_per_second_of_sender"]
    found = [
        Limit(
            "texts through our numbers", month.peak("segments"), given()["senders"] * rate, "segments/s",
            "more numbers in VISITA_SENDER_NUMBERS (each "
            f"{rate:g}/s), a short code (100/s), or longer intervals; Twilio queues the rest",
        ),
        Limit(
            "tasks of one queue", _tasks_of_the_longest(month), QUEUE_RATE, "tasks/s",
            f"`rates` in modules/queues, to {QUEUE_DISPATCHES_MAX}/s; beyond that a second queue by tenant",
        ),
        Limit(
            "writes to one collection with a growing index", outbox_share() * (month.peak("writes") + month.peak("deletes")), SEQUENTIAL_WRITES_MAX, "writes/s",
            "exempt the index on `due_at` of the outbox, or put a shard before it",
        ),
        Limit(
            f"instances of one function ({busiest[0]})", busiest[1].instances, INSTANCES_MAX, "instances",
            "`instances_max`, or `concurrency` of that action",
        ),
        Limit(
            "requests through Cloud Armor", month.peak("calls"), ARMOR_MAX, "requests/s", "a quota of the region",
        ),
    ]  # fmt: skip
    return sorted(found, key=lambda one: -one.share)


def _tasks_of_the_longest(month: Month) -> float:
    """A second, at the peak: runs of the functions of one queue."""
    by_queue: dict[str, float] = {}
    for name, one in declared()["functions"].items():
        if one["queue"]:
            by_queue[one["queue"]] = by_queue.get(one["queue"], 0.0) + month.actions[name].peak_per_second
    return max(by_queue.values(), default=0.0)


def outbox_share() -> float:
    """Of all writes, how many are letters: what is handed over or sent, each written and settled."""
    stories = told_stories()
    letters = sum(
        2 * (one["tasks"] + one["messages"] + one["segments"] + one["mails"]) * often
        for story, often in stories.items()
        for one in measured()[story].values()
    )
    writes = sum(
        (one["writes"] + one["deletes"]) * often
        for story, often in stories.items()
        for one in measured()[story].values()
    )
    return letters / writes
