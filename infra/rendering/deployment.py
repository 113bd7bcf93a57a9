"""What Terraform, the gateway and the scheduler need to know of every function."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from infra.rendering.routing import routes
from infra.rendering.secrets_of import names_in, secrets_of
from shared import contracts
from shared.kernel.addresses import service_of
from shared.kernel.effects import ForeignMessage, Message
from shared.runtime import catalog
from shared.runtime.action import Declaration
from shared.runtime.auth import SERVICES
from shared.runtime.dead_letters import DELIVERIES_MAX


def deployment() -> dict[str, Any]:
    actions = catalog.all_actions()
    return {
        "functions": {one.entry_point: _function(one) for one in actions},
        "queues": sorted({one.trigger.queue for one in actions if one.trigger.queue}),
        "topics": announced_topics(),
        "routes": routes(actions),
        "deliveries_max": DELIVERIES_MAX,
    }


def announced_topics() -> list[str]:
    """One for every message of the contracts, heard or not: publishing to a topic that is not there fails."""
    for module in iter_modules(contracts.__path__):
        import_module(f"{contracts.__name__}.{module.name}")
    said = [*Message.__subclasses__(), *ForeignMessage.__subclasses__()]
    messages = [one for one in said if one.__module__.startswith(contracts.__name__)]
    return sorted({catalog.topic_of(one) for one in messages})


def _function(action: Declaration) -> dict[str, Any]:
    trigger, needs = action.trigger, action.needs
    return {
        "service": service_of(action.entry_point),
        "summary": action.summary,
        "trigger": trigger.kind,
        "runs_as": _account(action),
        "method": trigger.method,
        "path": action.path,
        "queue": trigger.queue,
        "topic": _topic(action),
        "cron": trigger.cron,
        "time_zone": trigger.time_zone if trigger.cron else "",
        # Apps and providers are let in by their own proof; everything else only by its service account.
        "public": trigger.kind in ("http", "webhook", "public"),
        "invoker": SERVICES.get(trigger.kind, ""),
        "memory_mb": needs.memory_mb,
        "timeout_seconds": needs.timeout_seconds,
        "min_instances": needs.min_instances,
        "concurrency": needs.concurrency,
        "secrets": secrets_of(action),
        "scans": "antivirus" in names_in(action),
    }


def _account(action: Declaration) -> str:
    """The kind of account it runs as: who writes for everybody is another than who reads for everybody."""
    kind = action.trigger.kind
    return "public-writes" if kind == "public" and not action.reads_only else kind


def _topic(action: Declaration) -> str:
    return catalog.topic_of(action.trigger.topic) if action.trigger.topic else ""
