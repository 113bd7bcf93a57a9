"""Which requests the load balancer hands to which function: rules in the order in which they are asked.

A rule has a method and a template in which `*` stands for one field of the path. The first rule that fits
wins, so a template that fits less comes first.
"""

import re
from collections.abc import Iterable
from typing import Any

from shared.kernel.addresses import service_of
from shared.runtime.action import Declaration

FIELD = re.compile(r"\{\w+\}")


def routes(actions: Iterable[Declaration]) -> list[dict[str, Any]]:
    """`[{"template": "/v1/house-visits/*:cancel", "method": "POST", "service": ...}]`."""
    rules = [
        {
            "template": FIELD.sub("*", one.path),
            "method": one.trigger.method,
            "service": service_of(one.entry_point),
        }
        for one in actions
        if one.trigger.kind in ("http", "public", "webhook")
    ]
    return sorted(rules, key=_narrowest_first)


def _narrowest_first(rule: dict[str, str]) -> tuple[int, bool, int, str, str]:
    """Fewer fields first; a field that a verb closes before one that takes the rest of its part."""
    template = rule["template"]
    return (
        template.count("*"), template.endswith("*"), -len(template), template, rule["method"],
    )  # fmt: skip
