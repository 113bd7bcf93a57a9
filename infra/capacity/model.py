"""From patients a month to requests, documents, texts, instances and money.

Everything that the program does is measured (measured.json, by tests/bench/story_counts.py) or declared (as
it is deployed: infra/rendering); what is assumed stands in assumptions.json, prices in prices.json.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from math import ceil
from typing import Final

from cronsim import CronSim

from infra.capacity.facts import declared, given, measured, told_stories

MONTH_SECONDS: Final = 30 * 24 * 3600
MEASURED: Final = (
    "calls",
    "round_trips",
    "reads",
    "writes",
    "deletes",
    "tasks",
    "messages",
    "texts",
    "segments",
    "mails",
    "commits",
    "numbers",
)
SLACK: Final = 0.7
"""An instance is counted full at this share of its places, or of its CPU."""
TICK_ROUND_TRIPS: Final = 1
"""A schedule that finds nothing asks one query."""
RECEIVES_TEXTS: Final = "messaging__receive_sms"


@dataclass(frozen=True)
class Action:
    """One function in a month. `seconds` is a request's time, `cpu` the computing in it."""

    calls: float
    round_trips: float
    numbers: float
    concurrency: int
    memory_mb: int
    seconds: float
    cpu: float
    peak_per_second: float

    @property
    def instances(self) -> int:
        """At the peak: as many as are waiting at once, or as many as their CPU takes."""
        waiting = self.peak_per_second * self.seconds / (self.concurrency * SLACK)
        computing = self.peak_per_second * self.cpu / SLACK
        return max(1, ceil(max(waiting, computing))) if self.calls else 0

    @property
    def busy_seconds(self) -> float:
        """Billed while at least one request is under way: many at once share an instance."""
        at_once = self.calls / MONTH_SECONDS * self.seconds
        return self.calls * self.seconds / max(1.0, min(at_once, self.concurrency * SLACK))


@dataclass(frozen=True)
class Usage:
    patients: int
    actions: Mapping[str, Action]
    totals: Mapping[str, float]  # what was measured, and what follows of it

    @property
    def instances(self) -> int:
        return sum(one.instances for one in self.actions.values())

    def peak(self, total: str) -> float:
        """A second."""
        return self.totals[total] / MONTH_SECONDS * float(given()["peak"])

    @property
    def numbers_of_the_longest(self) -> float:
        """Of a month: certificates and those of fitness are numbered each for themselves."""
        series: dict[str, float] = {}
        for name, one in self.actions.items():
            module = name.partition("__")[0]
            series[module] = series.get(module, 0.0) + one.numbers
        return max(series.values())


@cache
def ticks(cron: str) -> int:
    """How often a month."""
    begin = datetime(2026, 11, 1, tzinfo=UTC)
    end = begin + timedelta(seconds=MONTH_SECONDS)
    number = 0
    for at in CronSim(cron, begin):
        if at > end:
            break
        number += 1
    return number


def cpu_seconds() -> float:
    """Of a request that does nothing heavy."""
    return float(given()["bare_cpu_seconds"]) * float(given()["cpu_of_bare"])


def usage(patients: int) -> Usage:
    """Stories and timetables."""
    by_action = _of_stories({name: often * patients for name, often in told_stories().items()})
    for name, one in declared()["functions"].items():
        if one["cron"]:
            runs = ticks(one["cron"])
            by_action[name]["calls"] += runs
            by_action[name]["round_trips"] += runs * TICK_ROUND_TRIPS
            by_action[name]["reads"] += runs
    kept = _kept({name: often * patients for name, often in told_stories().items()})
    return _usage(patients, by_action, kept)


def usage_of_one(story: str) -> Usage:
    """By itself, without the timetables."""
    return _usage(0, _of_stories({story: 1.0}), _kept({story: 1.0}))


def _of_stories(often: Mapping[str, float]) -> dict[str, dict[str, float]]:
    by_action = {name: dict.fromkeys(MEASURED, 0.0) for name in declared()["functions"]}
    for story, times in often.items():
        for action, counts in measured()[story].items():
            for field in MEASURED:
                by_action[action][field] += counts[field] * times
    return by_action


def _kept(often: Mapping[str, float]) -> float:
    """GiB of files."""
    kib: Mapping[str, float] = given()["kept_kib"]
    return sum(kib.get(story, 0) * times for story, times in often.items()) / 1024**2


def _usage(patients: int, by_action: Mapping[str, Mapping[str, float]], kept: float) -> Usage:
    totals = {field: sum(one[field] for one in by_action.values()) for field in MEASURED}
    totals.update(_derived(totals, by_action, kept))
    return Usage(patients, {name: _action(name, counts) for name, counts in by_action.items()}, totals)


def _derived(
    totals: Mapping[str, float], by_action: Mapping[str, Mapping[str, float]], kept: float
) -> Iterator[tuple[str, float]]:
    front = sum(by_action[name]["calls"] for name, one in declared()["functions"].items() if one["public"])
    told = given()
    sent = (
        front * told["answer_kib"] + totals["texts"] * told["text_kib"] + totals["mails"] * told["mail_kib"]
    )
    yield "front", front
    yield "replies", by_action[RECEIVES_TEXTS]["calls"]
    yield "files_gib", kept
    yield "egress_gib", sent / 1024**2 + kept
    yield "log_gib", totals["calls"] * told["log_bytes"] / 1024**3
    yield "audit_gib", totals["commits"] * told["audit_bytes"] / 1024**3


def _action(name: str, counts: Mapping[str, float]) -> Action:
    one = declared()["functions"][name]
    calls = counts["calls"]
    more = given()["heavier"].get(name, {"cpu": 0.0, "wait": 0.0})
    waits = counts["round_trips"] / calls * given()["round_trip_seconds"] if calls else 0.0
    cpu = cpu_seconds() + more["cpu"]
    return Action(
        calls,
        counts["round_trips"],
        counts["numbers"],
        one["concurrency"],
        one["memory_mb"],
        waits + cpu + more["wait"],
        cpu,
        calls / MONTH_SECONDS * given()["peak"],
    )
