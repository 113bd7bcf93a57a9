"""Prints for people: colours on a terminal only, NO_COLOR honoured, plain lines in a log."""

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from infra.local.stack.supervisor import Seen, State

WIDTH_IN_LOGS = 160

out = Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH_IN_LOGS)
err = Console(highlight=False, stderr=True, width=None if sys.stderr.isatty() else WIDTH_IN_LOGS)

_COLOURS = {
    State.RUNNING: "green",
    State.ELSEWHERE: "cyan",
    State.STOPPED: "dim",
    State.SILENT: "red",
    State.ABSENT: "yellow",
}


def line(text: str = "", style: str = "") -> None:
    out.print(text, style=style or None, markup=False, soft_wrap=True)


def warning(text: str) -> None:
    err.print(text, style="yellow", markup=False, soft_wrap=True)


def problem(text: str) -> None:
    err.print(text, style="red", markup=False, soft_wrap=True)


def table_of(seen: Sequence[Seen], logs: str) -> None:
    """What runs where."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("PART", "STATE", "WHERE", "PID", ""):
        table.add_column(title, no_wrap=title != "")
    for one in seen:
        state = f"[{_COLOURS[one.state]}]{one.state}[/]"
        table.add_row(one.part.name, state, one.url, str(one.pid or ""), one.note)
    out.print(table)
    line(f"logs: {logs}/<part>.log   (./emulator.sh logs <part>)", "dim")
