"""The parts of the local cloud, one entry each. A new part is a new entry here and nothing else."""

import importlib.util
import sys
from collections.abc import Callable
from os import environ

from infra.local.stack import auth_part, official, storage_part
from infra.local.stack.part import Absent, Part, Setting
from infra.local.stack.places import ROOT
from infra.local.stack.probe import both, http, tcp

JAVA_FLAGS = ("-Duser.language=en", "-XX:+UseSerialGC")
"""English messages whatever the system speaks; the simplest collector is the quickest to start."""

HEAP = "VISITA_FIRESTORE_HEAP"
"""What Java may take for Firestore: 1g is enough for everything but a hundred thousand records."""


def _firestore(setting: Setting) -> list[str]:
    java, jar = official.java(), official.firestore_jar()
    if not java or not jar:
        raise Absent(f"{official.what_is_missing()} is not installed")
    rules = ROOT / "infra" / "firestore.rules"
    return [
        *(str(java), f"-Xmx{environ.get(HEAP, '1g')}", *JAVA_FLAGS, "-cp", str(jar), official.FIRESTORE_MAIN),
        *("--host", "127.0.0.1", "--port", str(setting.ports["PORT_FIRESTORE"])),
        *(("--rules", str(rules)) if rules.exists() else ()),
    ]


def _pubsub(setting: Setting) -> list[str]:
    java, jar = official.java(), official.pubsub_jar()
    if not java or not jar:
        raise Absent(f"{official.what_is_missing()} is not installed")
    port = setting.ports["PORT_PUBSUB"]
    return [str(java), "-Xmx512m", *JAVA_FLAGS, "-jar", str(jar), "--host=127.0.0.1", f"--port={port}"]


def _module(name: str) -> Callable[[Setting], list[str]]:
    def command(_: Setting) -> list[str]:
        found = importlib.util.find_spec(name)
        if found and found.submodule_search_locations:  # a package runs by its __main__
            found = importlib.util.find_spec(f"{name}.__main__")
        if found is None:
            raise Absent(f"{name} does not exist")
        return [sys.executable, "-u", "-m", name]

    return command


PARTS: tuple[Part, ...] = (
    Part(
        "firestore",
        ports=("PORT_FIRESTORE",),
        command=_firestore,
        probe=http("PORT_FIRESTORE", "/", expected="Ok"),
        replaced_by="FIRESTORE_EMULATOR_HOST",
        needed_by_tests=True,
        embedded=False,
    ),
    Part(
        "pubsub",
        ports=("PORT_PUBSUB",),
        command=_pubsub,
        probe=http("PORT_PUBSUB", "/", expected="Ok"),
        replaced_by="PUBSUB_EMULATOR_HOST",
        needed_by_tests=True,
        embedded=False,
    ),
    Part(
        "storage",
        ports=("PORT_STORAGE",),
        after=("pubsub",),
        prepare=storage_part.declare_topic,
        command=storage_part.command,
        probe=http("PORT_STORAGE", "/storage/v1/b?project=demo-probe"),
        needed_by_tests=True,
    ),
    Part(
        "auth",
        ports=("PORT_AUTH",),
        prepare=auth_part.prepare,
        command=auth_part.command,
        probe=http("PORT_AUTH", "/", expected="authEmulator"),
        note=auth_part.note,
        ready_seconds_max=auth_part.READY_SECONDS_MAX,
        needed_by_tests=True,
    ),
    Part(
        "tasks",
        ports=("PORT_TASKS_HTTP", "PORT_TASKS"),
        command=_module("infra.local.cloud_tasks"),
        probe=both(http("PORT_TASKS_HTTP", "/healthz"), tcp("PORT_TASKS")),
        note=lambda setting: f"gRPC on {setting.ports['PORT_TASKS']}",
    ),
    Part(
        "scheduler",
        ports=("PORT_SCHEDULER",),
        command=_module("infra.local.scheduler"),
        probe=http("PORT_SCHEDULER", "/healthz"),
    ),
    Part(
        "phones",
        ports=("PORT_PHONES",),
        command=_module("infra.local.phones"),
        probe=http("PORT_PHONES", "/healthz"),
        note=lambda _: "text messages to invented phones",
    ),
    Part(
        "mailbox",
        ports=("PORT_MAILBOX", "PORT_SMTP"),
        command=_module("infra.local.mailbox"),
        probe=both(http("PORT_MAILBOX", "/healthz"), tcp("PORT_SMTP")),
        note=lambda setting: f"SMTP on {setting.ports['PORT_SMTP']}",
    ),
    Part(
        "customer",
        ports=("PORT_CUSTOMER",),
        command=_module("infra.local.customer_api"),
        probe=http("PORT_CUSTOMER", "/healthz"),
        note=lambda _: "the customer's own systems",
    ),
    Part(
        "gateway",
        ports=("PORT_GATEWAY",),
        after=("firestore", "pubsub", "storage", "auth", "tasks"),
        command=_module("infra.local.gateway"),
        probe=http("PORT_GATEWAY", "/healthz"),
        note=lambda _: "every function; /docs explains them",
    ),
)
