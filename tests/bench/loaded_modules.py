"""Which modules a function has loaded after its first useful request. `... -m tests.bench.loaded_modules`

The count is the same on every machine, and start-up time follows it.
"""

import json
import subprocess
import sys
from contextlib import redirect_stdout
from io import StringIO
from typing import Final

from tests.bench.cold_functions import ROOT, ColdFunction, Surroundings, surroundings
from tests.bench.figure import Figure, show

MODULES_MAX: Final = 900
SECONDS_MAX: Final = 60
CHILD: Final = """
import json, sys
from functions_framework import create_app
asked = json.loads(sys.stdin.read())
client = create_app(asked["target"], asked["source"]).test_client()
answer = client.open(asked["path"], method=asked["method"], headers=asked["headers"], data=asked["body"])
assert answer.status_code == 200, answer.data
print(json.dumps(sorted(sys.modules)))
"""


def modules_of(function: ColdFunction, around: Surroundings) -> list[str]:
    """Their names, when the answer was 200."""
    request = function.request()
    asked = {
        "target": function.entry_point,
        "source": str(function.source),
        "path": request.path,
        "method": request.method,
        "headers": request.headers,
        "body": request.body.decode(),
    }
    child = subprocess.run(
        [sys.executable, "-c", CHILD],
        input=json.dumps(asked),
        cwd=ROOT,
        env=dict(around.env),
        capture_output=True,
        text=True,
        timeout=SECONDS_MAX,
    )
    if child.returncode:
        raise RuntimeError(child.stderr)
    names: list[str] = json.loads(child.stdout.splitlines()[-1])
    return names


def run() -> list[Figure]:
    figures = []
    with surroundings() as around:
        for function in (around.hello, around.webhook, around.task):
            with redirect_stdout(StringIO()):  # the log of every call
                loaded = len(modules_of(function, around))
            is_ours = function is not around.hello
            goal = f"<= {MODULES_MAX}" if is_ours else ""
            figures.append(
                Figure(f"modules of {function.entry_point}", goal, str(loaded), loaded <= MODULES_MAX)
            )
    return figures


if __name__ == "__main__":
    sys.exit(show(run()))
