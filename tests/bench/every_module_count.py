"""How many modules every entry point has loaded: `./emulator.sh bench every-module-count [NAME ...]`

Each answers a first request in a process of its own, with a token that is checked to the end, and then uses
every socket that it names, and those that send the letters which it or its rules write: queue, topics, texts,
mails. So this is what a function holds after its first useful answer, whichever way that took; `cold-start`
counts two by whole stories. Half a second for each.
"""

import ast
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Final

from infra.local.local_key import service_account
from infra.local.local_seal import local_seal
from infra.rendering.secrets_of import asked_in, reached, run_at_once, sources_of, words_in
from shared.runtime import catalog
from shared.runtime.action import Declaration
from shared.runtime.auth import SERVICES
from tests.bench.cold_functions import NOWHERE, ROOT, Surroundings, surroundings
from tests.bench.figure import Figure, show
from tests.bench.loaded_modules import MODULES_MAX
from tests.bench.socket_uses import USES

ALWAYS: Final = ("documents", "seals")
SENDS: Final = {
    "Later": "queue",
    "Publish": "topics",
    "text_letter": "sms",
    "SendSms": "sms",
    "mail_letter": "mail",
    "SendMail": "mail",
}
"""By the word that writes a letter: who writes one sends it right after its commit."""
LIBRARIES: Final = frozenset({"signature", "workbooks", "sheets"})
WITH_A_LIBRARY_MAX: Final = 1_120
"""Who signs papers or handles workbooks holds what does it: docs/adr/0005-cold-start.md."""
CHILD: Final = """
import json, os, sys
sys.path.insert(0, os.getcwd())
import main
from functions_framework import create_app
found = {}
for name, one in json.load(sys.stdin).items():
    read, write = os.pipe()
    if not os.fork():
        sys.stdout = sys.stderr
        try:
            client = create_app(name, "main.py").test_client()
            body = None if one["method"] == "GET" else b"{}"
            answer = client.open(one["path"], method=one["method"], headers=one["headers"], data=body)
            assert answer.status_code < 500, (name, answer.status_code, answer.data)
            from tests.bench.socket_uses import use
            from shared.runtime import wiring
            for socket in one["sockets"]:
                use(socket, wiring.current())
            loaded = [each for each in sys.modules if each.split(".")[0] != "tests"]
            os.write(write, str(len(loaded)).encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as told:
        found[name] = int(told.read() or 0)
    os.wait()
print(json.dumps(found))
"""


def counted(entry_points: Sequence[str], around: Surroundings) -> dict[str, int]:
    """Modules by entry point. Raises RuntimeError where one did not come to its end."""
    requests = {name: asked(catalog.find(name), around) for name in entry_points}
    run = subprocess.run(
        [sys.executable, "-c", CHILD],
        input=json.dumps(requests),
        cwd=ROOT,
        env={**around.env, "CUSTOMER_API_URL": NOWHERE, **local_seal(around.key.private)},
        capture_output=True,
        text=True,
        check=False,
    )
    found: dict[str, int] = json.loads(run.stdout) if run.returncode == 0 else {}
    if not found or not all(found.values()):
        said = "\n".join(line for line in run.stderr.splitlines() if not line.startswith("{"))
        raise RuntimeError(f"{[name for name, count in found.items() if not count]}: {said[-3000:]}")
    return found


def asked(action: Declaration, around: Surroundings) -> Mapping[str, object]:
    path = action.path.replace("{", "").replace("}", "")
    account = service_account(SERVICES.get(action.trigger.kind, "nobody"), around.env["GOOGLE_CLOUD_PROJECT"])
    headers = {"Authorization": f"Bearer {around.key.token(NOWHERE + path, account)}"}
    return {
        "method": action.trigger.method,
        "path": path,
        "headers": {**headers, "Content-Type": "application/json", "Idempotency-Key": "count-modules"},
        "sockets": sockets_of(action),
    }


def code_of(action: Declaration) -> list[ast.stmt]:
    """What it comes to call of its own module; of a sweeper also what the tasks do that it runs at once."""
    doers = (action, *run_at_once(action))
    return [node for one in doers for node in reached(sources_of(one.module, one.name), one.name)]


def sockets_of(action: Declaration) -> list[str]:
    """What it may use, in order."""
    nodes = code_of(action)
    letters = set() if action.reads_only else {SENDS[one] for one in words_in(nodes) & SENDS.keys()}
    named = {one for node in nodes for one in asked_in(node)} & USES.keys()
    signs = any(
        isinstance(one, ast.Attribute) and one.attr == "sign" for node in nodes for one in ast.walk(node)
    )
    if "papers" in named and signs:
        named = {*named, "signature"}
    by_users = {"user keys"} if action.roles else set()
    return sorted({*ALWAYS, *letters, *named, *by_users})


def most(action: Declaration) -> int:
    """How many modules it may hold."""
    return WITH_A_LIBRARY_MAX if LIBRARIES.intersection(sockets_of(action)) else MODULES_MAX


def run(entry_points: Sequence[str] = ()) -> list[Figure]:
    with surroundings() as around:
        found = counted(entry_points or catalog.entry_points(), around)
    ordered = sorted(found.items(), key=lambda one: one[1])
    return [_figure(name, modules) for name, modules in ordered]


def _figure(entry_point: str, modules: int) -> Figure:
    goal = most(catalog.find(entry_point))
    return Figure(f"modules of {entry_point}", f"<= {goal}", str(modules), modules <= goal)


def main(words: Sequence[str]) -> int:
    figures = run(words)
    code = show(figures)
    missed, largest = sum(not one.met for one in figures), figures[-1]
    beyond = sum(int(one.figure) > MODULES_MAX for one in figures)
    told = f"{len(figures)} entry points, {beyond} above {MODULES_MAX}, {missed} above their goal"
    print(f"{told}; the largest: {largest.name}, {largest.figure}")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
