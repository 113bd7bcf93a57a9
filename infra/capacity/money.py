"""What a month costs, and one story by itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from infra.capacity.facts import declared, given, measured, prices
from infra.capacity.model import MONTH_SECONDS, Usage, usage, usage_of_one


@dataclass(frozen=True)
class Month(Usage):
    costs: Mapping[str, float]  # in euros, by what is paid for
    per_story: Mapping[str, float]  # in euros

    @property
    def euros(self) -> float:
        return sum(self.costs.values())


def month(patients: int) -> Month:
    used = usage(patients)
    by_use, standing = _dollars(used), _standing()
    costs = {
        name: (by_use.get(name, 0.0) + standing.get(name, 0.0)) * prices()["eur_per_usd"]
        for name in {**by_use, **standing}
    }
    return Month(patients, used.actions, used.totals, costs, _per_story())


def texts_of(story: str) -> float:
    """In euros: texts and replies."""
    return _dollars(usage_of_one(story))["texts"] * prices()["eur_per_usd"]


def _dollars(used: Usage) -> dict[str, float]:
    """What is paid by use."""
    p, t, told = prices(), used.totals, given()
    busy = {name: one.busy_seconds for name, one in used.actions.items()}
    memory = sum(seconds * used.actions[name].memory_mb / 1024 for name, seconds in busy.items())
    records_gib = t["writes"] / 4 * told["record_kib"] * told["records_months"] / 1024**2
    return {
        "texts": t["segments"] * p["text_segment"] + t["replies"] * p["text_in"],
        "mails": t["mails"] * p["mail"],
        "Firestore": t["reads"] * p["firestore_read"] + t["writes"] * p["firestore_write"]
        + t["deletes"] * p["firestore_delete"] + records_gib * p["firestore_gib_month"],
        "functions": sum(busy.values()) * p["cpu_second"] + memory * p["memory_gib_second"]
        + t["calls"] * p["request"],
        "tasks and topics": 2 * t["tasks"] * p["task"] + 2 * t["messages"] * p["message"],
        "front and egress": t["front"] * p["armor_request"] + t["egress_gib"] * p["egress_gib"],
        "files": t["files_gib"] * told["records_months"] * p["bucket_gib_month"],
        "logs and keys": (t["log_gib"] + t["audit_gib"]) * p["log_gib"]
        + t["audit_gib"] * (told["audit_months"] - 1) * p["log_gib_month"],
    }  # fmt: skip


def _standing() -> dict[str, float]:
    """What is paid every month anyway."""
    p, functions = prices(), declared()["functions"].values()
    idle = sum(
        one["min_instances"] * (p["idle_cpu_second"] + one["memory_mb"] / 1024 * p["idle_memory_gib_second"])
        for one in functions
    )
    return {
        "texts": given()["senders"] * p["sender_month"],
        "functions": idle * MONTH_SECONDS,
        "tasks and topics": sum(bool(one["cron"]) for one in functions) * p["scheduler_job"],
        "front and egress": p["load_balancer_month"] + p["armor_month"],
        "logs and keys": p["keys_month"],
    }


def _per_story() -> dict[str, float]:
    return {
        story: sum(_dollars(usage_of_one(story)).values()) * prices()["eur_per_usd"] for story in measured()
    }
