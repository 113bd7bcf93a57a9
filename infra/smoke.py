"""Is what was deployed what was declared? `python -m infra.smoke https://api.example [--release COMMIT]`

Asks every declared route from outside, without a token, and changes nothing. Each must be refused by its own
function, in our words; inner functions must not be there at all. Exits 0 only when all of it holds.
"""

import argparse
import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import urllib3

GENERATED: Final = Path(__file__).parent / "generated" / "functions.auto.tfvars.json"
NOBODY: Final = "smoke-test-nobody"
SECONDS_MAX: Final = 30
AT_ONCE: Final = 8
SIGNED: Final = (401, 403)
"""What a webhook answers to somebody who cannot sign; Identity Platform's in an envelope of its own."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any


Ask = Callable[[str, str], Answer]


def asking(base: str) -> Ask:
    http = urllib3.PoolManager(retries=False, timeout=SECONDS_MAX, maxsize=AT_ONCE)

    def ask(method: str, path: str) -> Answer:
        body = None if method == "GET" else b"{}"
        headers = {"Content-Type": "application/json"}
        answer = http.request(method, base + path, body=body, headers=headers)
        try:
            return Answer(answer.status, json.loads(answer.data or b"null"))
        except ValueError:
            return Answer(answer.status, None)

    return ask


def wrong_with(name: str, one: Mapping[str, Any], ask: Ask, release: str = "") -> str:
    """In words, or empty where the function answers as it must."""
    path = re.sub(r"\{\w+\}", NOBODY, one["path"])
    try:
        answer = ask(one["method"], path)
    except urllib3.exceptions.HTTPError as error:
        return f"{name}: {type(error).__name__}"
    told = answer.body if isinstance(answer.body, dict) else {}
    is_ours = "trace_id" in told or "error" in told
    match one["trigger"]:
        case "http" if answer.status != 401 or not is_ours:
            return f"{name}: {one['method']} {path} answered {answer.status}, not our 401"
        case "webhook" if answer.status not in SIGNED or not is_ours:
            return f"{name}: {one['method']} {path} answered {answer.status} to somebody who cannot sign"
        case "public" if answer.status >= 500 or (answer.status == 404 and not is_ours):
            return f"{name}: {one['method']} {path} answered {answer.status}"
        case "task" | "topic" | "schedule" if answer.status not in (401, 403, 404):
            return f"{name} can be reached from outside: {answer.status}"
    if name == "platform__health" and (
        told.get("status") != "ok" or release not in str(told.get("release", ""))
    ):
        return f"{name}: {told.get('status')}, release {told.get('release')}, not {release}"
    return ""


def functions(declared: Path = GENERATED) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(declared.read_text())["functions"]
    return told


def run(base: str, release: str = "", told: Path = GENERATED) -> tuple[int, list[str]]:
    """How many were asked, and what was wrong."""
    ask = asking(base.rstrip("/"))
    declared = functions(told)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = pool.map(lambda item: wrong_with(item[0], item[1], ask, release), declared.items())
        wrong = [*filter(None, found), *filter(None, [_undeclared(ask)])]
    return len(declared) + 1, wrong


def _undeclared(ask: Ask) -> str:
    try:
        answer = ask("GET", f"/v1/{NOBODY}")
    except urllib3.exceptions.HTTPError as error:
        return f"a path that nobody declared: {type(error).__name__}"
    return "" if answer.status == 404 else f"a path that nobody declared answered {answer.status}"


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m infra.smoke")
    parser.add_argument("url")
    parser.add_argument("--release", default="")
    parser.add_argument(
        "--declared", type=Path, default=GENERATED, help="of another release, after a rollback"
    )
    given = parser.parse_args(words)
    asked, wrong = run(given.url, given.release, given.declared)
    for one in wrong:
        print(one)
    of = f" of release {given.release}" if given.release else ""
    print(f"{asked} asked{of}, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
