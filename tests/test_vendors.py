"""No action loads a vendor that it does not need: each is imported alone, in a process of its own.

What an action loads by being imported it pays for at every cold start, and so does whoever waits for it.
Adapters load their vendors when they are first asked for; what must not come in with the door is named here.
"""

import json
import subprocess
import sys
from functools import cache

import pytest

from shared.runtime import catalog
from tests.bench.cold_functions import ROOT

pytestmark = pytest.mark.timeout(600)  # the first of them waits for all imports

HEAVY = (
    "google.cloud", "google.api_core", "google.auth", "google.oauth2", "firebase_admin", "twilio", "openpyxl",
    "geopy", "icalendar", "holidays", "typst", "segno", "pyhanko", "pikepdf", "PIL", "phonenumbers", "stdnum",
    "aiohttp", "requests", "opentelemetry", "grpc", "jinja2.ext", "cronsim", "smtplib",
    "rocketchat_API",
)  # fmt: skip
MODULES_MAX = 260
"""Of our own and of others that an import of one action brings, beyond functions-framework's."""
CHILD = """
import importlib, json, os, sys
sys.path.insert(0, os.getcwd())
import main, flask, functions_framework
before = set(sys.modules)
found = {}
for name in json.load(sys.stdin):
    read, write = os.pipe()
    if not os.fork():
        getattr(main, name)
        os.write(write, json.dumps(sorted(set(sys.modules) - before)).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as told:
        found[name] = json.loads(told.read())
    os.wait()
print(json.dumps(found))
"""


@cache
def loaded() -> dict[str, list[str]]:
    """By entry point: the modules that looking it up brings, as functions-framework does it."""
    run = subprocess.run(
        [sys.executable, "-c", CHILD],
        input=json.dumps(catalog.entry_points()),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    told: dict[str, list[str]] = json.loads(run.stdout)
    return told


@pytest.mark.parametrize("entry_point", catalog.entry_points())
def test_an_action_brings_no_vendor_with_it(entry_point: str) -> None:
    came = loaded()[entry_point]
    assert [one for one in came if one in HEAVY or one.startswith(tuple(f"{name}." for name in HEAVY))] == []
    assert len(came) <= MODULES_MAX


@pytest.mark.parametrize("entry_point", catalog.entry_points())
def test_an_action_brings_no_other_action_with_it(entry_point: str) -> None:
    module, _, name = entry_point.partition("__")
    actions = {f"functions.{one.replace('__', '.', 1)}" for one in catalog.entry_points()}
    assert actions & set(loaded()[entry_point]) == {f"functions.{module}.{name}"}
