"""From patients a month to requests, documents, texts, instances and money; and what gets tight first.

Everything that the program does is measured (measured.json, by tests/bench/story_counts.py) or declared (as
it is deployed: infra/rendering); what is assumed stands in assumptions.json, prices in prices.json.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any, Final

from cronsim import CronSim

from infra.rendering.deployment import deployment

HERE: Final = Path(__file__).parent
MONTH_SECONDS: Final = 30 * 24 * 3600
MEASURED: Final = (
    "calls",
    "round_trips",
    "reads",
    "writes",
    "deletes",
    "tasks",
    "messages",
    "segments",
    "mails",
)
SLACK: Final = 0.7
"""An instance is counted full at this share of its places, or of its CPU."""
TICK_ROUND_TRIPS: Final = 1
"""A schedule that finds nothing asks one query."""
INSTANCES_MAX: Final = 40  # of one function: infra/terraform, instances_max
QUEUE_DISPATCHES_MAX: Final = 500  # a second, of one queue: cloud.google.com/tasks/docs/quotas
SEQUENTIAL_WRITES_MAX: Final = 500  # a second, of one collection with an index that grows: firestore/quotas
ARMOR_MAX: Final = 20_000  # requests a second, regional, before a quota is asked for


@dataclass(frozen=True)
class Action:
    """One function in a month."""

    calls: float
    round_trips: float
    concurrency: int
    memory_mb: int
    seconds: float
    peak_per_second: float

    @property
    def instances(self) -> int:
        """At the peak: as many as are waiting at once, or as many as their CPU takes."""
        waiting = self.peak_per_second * self.seconds / (self.concurrency * SLACK)
        computing = self.peak_per_second * given()["cpu_seconds"] / SLACK
        return max(1, ceil(max(waiting, computing))) if self.calls else 0


@dataclass(frozen=True)
class Month:
    patients: int
    actions: Mapping[str, Action]
    totals: Mapping[str, float]
    costs: Mapping[str, float]  # in euros, by what is paid for
    per_story: Mapping[str, float]  # in euros

    @property
    def euros(self) -> float:
        return sum(self.costs.values())

    @property
    def instances(self) -> int:
        return sum(one.instances for one in self.actions.values())

    def peak(self, total: str) -> float:
        """A second."""
        return self.totals[total] / MONTH_SECONDS * float(given()["peak"])


@cache
def given() -> Mapping[str, Any]:
    told: Mapping[str, Any] = json.loads((HERE / "assumptions.json").read_text())
    return told


@cache
def measured() -> Mapping[str, Mapping[str, Mapping[str, int]]]:
    told: Mapping[str, Mapping[str, Mapping[str, int]]] = json.loads((HERE / "measured.json").read_text())
    return told


@cache
def declared() -> Mapping[str, Any]:
    return deployment()


@cache
def prices() -> Mapping[str, float]:
    told = json.loads((HERE / "prices.json").read_text())
    return {name: one["price"] for name, one in told.items() if isinstance(one, dict)}


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


def told_stories() -> dict[str, float]:
    """Of those that are measured, how many a patient has in a month."""
    return {name: often for name, often in given()["stories_per_patient"].items() if name in measured()}


def month(patients: int) -> Month:
    by_action: dict[str, dict[str, float]] = {
        name: dict.fromkeys(MEASURED, 0.0) for name in declared()["functions"]
    }
    for story, often in told_stories().items():
        for action, counts in measured()[story].items():
            for field in MEASURED:
                by_action[action][field] += counts[field] * often * patients
    for name, one in declared()["functions"].items():
        if one["cron"]:
            runs = ticks(one["cron"])
            by_action[name]["calls"] += runs
            by_action[name]["round_trips"] += runs * TICK_ROUND_TRIPS
            by_action[name]["reads"] += runs
    actions = {name: _action(name, counts) for name, counts in by_action.items()}
    totals = {field: sum(one[field] for one in by_action.values()) for field in MEASURED}
    return Month(patients, actions, totals, _costs(totals, actions), _per_story())


def _action(name: str, counts: Mapping[str, float]) -> Action:
    one = declared()["functions"][name]
    calls = counts["calls"]
    waits = counts["round_trips"] / calls * given()["round_trip_seconds"] if calls else 0.0
    return Action(
        calls,
        counts["round_trips"],
        one["concurrency"],
        one["memory_mb"],
        waits + given()["cpu_seconds"],
        calls / MONTH_SECONDS * given()["peak"],
    )


def _busy_seconds(one: Action) -> float:
    """Billed while at least one request is under way: many at once share an instance."""
    at_once = one.calls / MONTH_SECONDS * one.seconds
    return one.calls * one.seconds / max(1.0, min(at_once, one.concurrency * SLACK))


def _costs(totals: Mapping[str, float], actions: Mapping[str, Action]) -> dict[str, float]:
    p = prices()
    busy = {name: _busy_seconds(one) for name, one in actions.items()}
    memory = sum(seconds * actions[name].memory_mb / 1024 for name, seconds in busy.items())
    kept = sum(one["min_instances"] for one in declared()["functions"].values())
    requests = totals["calls"]
    stored_gib = totals["writes"] / 4 * given()["record_kib"] * given()["records_months"] / 1024**2
    dollars = {
        "texts": totals["segments"] * p["text_segment"] + given()["senders"] * p["sender_month"],
        "Firestore": totals["reads"] * p["firestore_read"] + totals["writes"] * p["firestore_write"]
        + totals["deletes"] * p["firestore_delete"] + stored_gib * p["firestore_gib_month"],
        "functions": sum(busy.values()) * p["cpu_second"] + memory * p["memory_gib_second"]
        + requests * p["request"] + kept * MONTH_SECONDS * p["idle_cpu_second"],
        "tasks and topics": 2 * totals["tasks"] * p["task"] + 2 * totals["messages"] * p["message"]
        + sum(bool(one["cron"]) for one in declared()["functions"].values()) * p["scheduler_job"],
        "front": p["load_balancer_month"] + p["armor_month"] + requests * p["armor_request"]
        + requests * given()["answer_kib"] / 1024**2 * p["egress_gib"],
        "logs and keys": requests * given()["log_bytes"] / 1024**3 * p["log_gib"] + p["keys_month"],
    }  # fmt: skip
    return {name: value * p["eur_per_usd"] for name, value in dollars.items()}


def _per_story() -> dict[str, float]:
    """What one of each costs by itself, without what is paid every month anyway."""
    p = prices()
    seconds = given()["cpu_seconds"] + 2 * given()["round_trip_seconds"]
    call = seconds * (p["cpu_second"] + p["memory_gib_second"] / 2) + p["request"] + p["armor_request"]
    paid = {
        "segments": p["text_segment"],
        "reads": p["firestore_read"],
        "writes": p["firestore_write"],
        "deletes": p["firestore_delete"],
        "calls": call,
        "tasks": 2 * p["task"],
        "messages": 2 * p["message"],
    }
    return {
        story: sum(one[field] * each for one in actions.values() for field, each in paid.items())
        * p["eur_per_usd"]
        for story, actions in measured().items()
    }
