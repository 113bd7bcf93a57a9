"""What gets tight first: each limit with how much of it a month's busiest minute uses, and what moves it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from infra.capacity.facts import declared, given, instances_max, measured, rates, told_stories
from infra.capacity.model import Usage
from shared.contracts.numbering import NUMBER_MAX

DISPATCHES_MAX: Final = 500  # a second, of one queue: cloud.google.com/tasks/docs/quotas
SEQUENTIAL_WRITES_MAX: Final = 500  # a second, of one collection with an index that grows: firestore/quotas
DOCUMENT_WRITES_MAX: Final = 1
"""A second, sustained. Google's quotas said so until 2021; now there is no figure (firestore/docs/resolve-latency
names contention on one document as a cause of latency), so this is where one has to try."""
ARMOR_MAX: Final = 20_000  # requests a second, regional, before a quota is asked for


@dataclass(frozen=True)
class Limit:
    """`used` and `most` in the same unit, at the busiest minute; a setting moves it, or a change of code."""

    name: str
    used: float
    most: float
    unit: str
    knob: str
    is_code: bool = False

    @property
    def share(self) -> float:
        return self.used / self.most

    @property
    def bound(self) -> str:
        return f"{self.most:,.0f} {self.unit}" if self.most >= 100 else f"{self.most:,.3g} {self.unit}"


def limits(month: Usage) -> Sequence[Limit]:
    """The tightest first."""
    found = [_texts(month), *_queues(month), *_numbers(month), _outbox(month), *_instances(month)]
    return sorted(found, key=lambda one: -one.share)


def _texts(month: Usage) -> Limit:
    rate = given()["texts_per_second_of_sender"]
    return Limit(
        "texts through our numbers", month.peak("segments"), given()["senders"] * rate, "segments/s",
        f"more numbers in VISITA_SENDER_NUMBERS (each {rate:g}/s), a short code (100/s), or longer intervals; "
        "Twilio queues the rest",
    )  # fmt: skip


def _queues(month: Usage) -> Iterator[Limit]:
    """Those that a story uses."""
    for queue, rate in rates().items():
        names = [name for name, one in declared()["functions"].items() if one["queue"] == queue]
        runs = [month.actions[name] for name in names if month.actions[name].calls]
        a_second = sum(one.peak_per_second for one in runs)
        if a_second:
            seconds = sum(one.peak_per_second * one.seconds for one in runs) / a_second
            yield Limit(
                f"tasks of the queue {queue}", a_second, rate.most(seconds), "tasks/s",
                f"modules/queues/rates.json ({rate.per_second:g}/s, {rate.at_once:g} at once), to {DISPATCHES_MAX}/s; "
                "beyond that a second queue",
            )  # fmt: skip


def _numbers(month: Usage) -> Iterator[Limit]:
    """Each certificate takes the next number in its own commit: one document an issuer and year."""
    yield Limit(
        "writes to one document: the numbers of certificates", month.peak("numbers") * _share_of_the_longest(month),
        DOCUMENT_WRITES_MAX, "writes/s",
        "a series an issuer and year, so a second issuer (VISITA_ISSUER_CODE is one a deployment today: "
        "`who_issues.py` and `series_code` choose); until then who loses the race signs again",
        is_code=True,
    )  # fmt: skip
    yield Limit(
        "numbers of one issuer in a year", 12 * month.numbers_of_the_longest, NUMBER_MAX, "numbers",
        "NUMBER_MAX in shared/contracts/numbering.py, one more digit; or another VISITA_ISSUER_CODE",
        is_code=True,
    )  # fmt: skip


def _share_of_the_longest(month: Usage) -> float:
    return month.numbers_of_the_longest / month.totals["numbers"] if month.totals["numbers"] else 0.0


def _outbox(month: Usage) -> Limit:
    return Limit(
        "writes to one collection with a growing index",
        outbox_share() * (month.peak("writes") + month.peak("deletes")),
        SEQUENTIAL_WRITES_MAX, "writes/s",
        "a shard before `due_at` of the outbox, asked by `sweep_outbox` shard by shard",
        is_code=True,
    )  # fmt: skip


def _instances(month: Usage) -> Iterator[Limit]:
    name, busiest = max(month.actions.items(), key=lambda item: item[1].instances)
    yield Limit(
        f"instances of one function ({name})", busiest.instances, instances_max(), "instances",
        "`instances_max`, or `concurrency` of that action",
    )  # fmt: skip
    yield Limit(
        "requests through Cloud Armor", month.peak("front"), ARMOR_MAX, "requests/s", "a quota of the region"
    )


def outbox_share() -> float:
    """Of all writes, how many are letters: what is handed over or sent, each written and settled."""
    counts = [(one, often) for story, often in told_stories().items() for one in measured()[story].values()]
    letters = sum(
        2 * (one["tasks"] + one["messages"] + one["segments"] + one["mails"]) * often for one, often in counts
    )
    return letters / sum((one["writes"] + one["deletes"]) * often for one, often in counts)
