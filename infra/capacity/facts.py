"""What the model is made of: measured, declared, deployed, assumed and paid, each read where it is said."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from infra.rendering.deployment import deployment

HERE: Final = Path(__file__).parent
TERRAFORM: Final = HERE.parent / "terraform"
RATES: Final = TERRAFORM / "modules" / "queues" / "rates.json"


@dataclass(frozen=True)
class Rate:
    """How fast a queue may run: dispatches a second, and under way at once."""

    per_second: float
    at_once: float

    def most(self, seconds: float) -> float:
        """Tasks a second, where each takes so long."""
        return min(self.per_second, self.at_once / seconds)


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
def rates() -> Mapping[str, Rate]:
    """By queue, as infra/terraform/modules/queues sets them."""
    told = json.loads(RATES.read_text())
    found = {name: told["queues"].get(name, told["usual"]) for name in declared()["queues"]}
    return {name: Rate(one["per_second"], one["at_once"]) for name, one in found.items()}


@cache
def instances_max() -> int:
    """Of one function in production."""
    said = re.search(
        r"(?m)^instances_max\s*=\s*(\d+)", (TERRAFORM / "environments/production.tfvars").read_text()
    )
    usual = re.search(
        r'variable "instances_max" \{[^}]*?default\s*=\s*(\d+)', (TERRAFORM / "variables.tf").read_text()
    )
    found = said or usual
    if found is None:
        raise LookupError("infra/terraform says nowhere how many instances a function may have")
    return int(found[1])


def told_stories() -> dict[str, float]:
    """Of those that are measured, how many a patient has in a month."""
    return {name: often for name, often in given()["stories_per_patient"].items() if name in measured()}
