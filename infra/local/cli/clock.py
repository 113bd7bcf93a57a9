"""clock: shows, stops and moves the one clock of the local cloud."""

import argparse
import re
from datetime import timedelta
from typing import TYPE_CHECKING

from infra.local.cli import show
from infra.local.cli.lifecycle import nothing_runs
from infra.local.stack.cloud import running_cloud
from infra.local.stack.environment import without_our_own
from infra.local.stack.part import Refused

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def add_to(commands: "Commands") -> None:
    words = commands.add_parser("clock", help="show, stop, go, real, or +10m, +1h30m, +8d: let time pass")
    words.add_argument("what", nargs="?", default="show", metavar="show|stop|go|real|+10m")
    words.set_defaults(command=clock)


def clock(arguments: argparse.Namespace) -> int:
    cloud = running_cloud(without_our_own())
    if cloud is None:
        return nothing_runs()
    from infra.local.clock import MovableClock  # pydantic behind it would slow every other command

    hands = MovableClock(cloud.setting.places.clock_file)
    moves = {"show": lambda: None, "stop": hands.stop, "go": hands.go, "real": hands.reset}
    if arguments.what.startswith("+"):
        from infra.local.cli.time_travel import travel  # it loads the parts' own code: half a second

        travel(cloud, hands, duration(arguments.what))
    elif arguments.what in moves:
        moves[arguments.what]()
    else:
        raise Refused(f"clock {arguments.what}: say show, stop, go, real, or how far, e.g. +10m")
    state = "stopped" if hands.is_stopped() else "running"
    show.line(f"{hands.now():%Y-%m-%d %H:%M:%S}Z  {state}", "bold")
    return 0


def duration(text: str) -> timedelta:
    """`+1h30m` and the like. Raises Refused."""
    if not re.fullmatch(r"\+(\d{1,6}[smhdw])+", text):
        raise Refused(f"{text} is no span of time: say e.g. +90s, +10m, +1h30m, +8d")
    found = re.findall(r"(\d+)([smhdw])", text)
    return sum((timedelta(**{UNITS[unit]: int(number)}) for number, unit in found), timedelta())
