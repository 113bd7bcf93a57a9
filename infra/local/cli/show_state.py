"""status, logs, env: looking at the shared local cloud without touching it."""

import argparse
import json
import subprocess
from typing import TYPE_CHECKING

from infra.local.cli import show
from infra.local.stack.cloud import known_names, running_cloud
from infra.local.stack.environment import without_our_own
from infra.local.stack.part import Refused
from infra.local.stack.parts import PARTS
from infra.local.stack.places import places_from
from infra.local.stack.supervisor import State

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

LOG_LINES = 100


def add_to(commands: "Commands") -> None:
    words = commands.add_parser("status", help="what runs where; 1 when something does not")
    words.add_argument("--json", action="store_true", help="for programs")
    words.set_defaults(command=status)
    words = commands.add_parser("logs", help="what a part has said")
    words.add_argument("name", metavar="NAME")
    words.add_argument("-f", "--follow", action="store_true", help="go on showing, until Ctrl-C")
    words.set_defaults(command=logs)
    words = commands.add_parser("env", help="the variables of the running cloud, for eval or a file")
    words.set_defaults(command=env)


def status(arguments: argparse.Namespace) -> int:
    cloud = running_cloud(without_our_own())
    seen = cloud.look() if cloud else []
    if arguments.json:
        rows = [
            {"part": one.part.name, "state": one.state, "url": one.url, "pid": one.pid, "note": one.note}
            for one in seen
        ]
        print(json.dumps({"up": cloud is not None, "parts": rows}, indent=2))
    elif cloud:
        show.table_of(seen, str(cloud.setting.places.logs))
    else:
        show.line("Nothing is running; ./emulator.sh up")
    return 0 if cloud and all(one.state in (State.RUNNING, State.ELSEWHERE) for one in seen) else 1


def logs(arguments: argparse.Namespace) -> int:
    if arguments.name not in {part.name for part in PARTS}:
        raise Refused(f"no part is called {arguments.name}; {known_names()}")
    file = places_from(without_our_own()).log_of(arguments.name)
    if not file.exists():
        show.problem(f"{arguments.name} has not said anything yet")
        return 1
    follow = ["-f"] if arguments.follow else []
    return subprocess.run(["tail", "-n", str(LOG_LINES), *follow, str(file)]).returncode


def env(_: argparse.Namespace) -> int:
    file = places_from(without_our_own()).env_file
    if not file.exists():
        show.problem("Nothing has been started yet; ./emulator.sh up")
        return 1
    print(file.read_text(), end="")
    return 0
