"""Starts and ends one process group, and never mistakes a stranger for it.

A pid alone is not an identity: the system gives it to somebody else later. The start time that we
write beside it makes it one.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

GENTLE_SECONDS_MAX = 8.0
"""How long a part may take to stop after SIGTERM before it is killed."""
POLL_SECONDS = 0.03
BECOMING = (sys.executable, "-I", "-S", str(Path(__file__).with_name("becoming.py")))
"""What each part is at first, for some milliseconds: an interpreter without packages."""


@dataclass(frozen=True)
class Process:
    """A process group that we started; pid is its leader and so its group."""

    pid: int
    started: str
    """The start time as the system tells it; only ever compared for equality."""

    def is_alive(self) -> bool:
        _collect(self.pid)
        return start_time_of(self.pid) == self.started

    def ask_to_end(self) -> None:
        _signal_group(self.pid, signal.SIGTERM)

    def wait_until_ended(self, gentle_seconds: float) -> None:
        give_up = time.monotonic() + gentle_seconds
        while self.is_alive() and time.monotonic() < give_up:
            time.sleep(POLL_SECONDS)
        # Also when the leader went by itself: children may have outlived it, and the number of
        # a group is not given to anybody else while it has members.
        _signal_group(self.pid, signal.SIGKILL)
        while self.is_alive():
            time.sleep(POLL_SECONDS)


def end_all(processes: Sequence[Process], gentle_seconds: float = GENTLE_SECONDS_MAX) -> None:
    """Asks all to end, then waits for each. A process that is not ours any more is left alone."""
    ours = [process for process in processes if process.is_alive()]
    for process in ours:
        process.ask_to_end()
    for process in ours:
        process.wait_until_ended(gentle_seconds)


def start(
    command: Sequence[str], env: Mapping[str, str], log: Path, cwd: Path, end_with_parent: bool
) -> Process:
    """Starts a process in a group of its own; Ctrl-C in the terminal does not reach it.

    Call it inside `undisturbed`, up to the moment when the process is written down somewhere.
    """

    with log.open("wb") as out:
        child = subprocess.Popen(
            [*BECOMING, str(os.getpid() if end_with_parent else 0), *command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=dict(env),
            cwd=cwd,
            start_new_session=True,
        )
    child.returncode = 0  # we follow it by pid; keeps Popen from warning that it still runs
    return Process(child.pid, start_time_of(child.pid) or "")


@contextmanager
def undisturbed() -> Iterator[None]:
    """Ctrl-C waits until the end of it: no process is started and then forgotten."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def save(process: Process, file: Path) -> None:
    file.write_text(json.dumps(asdict(process)))


def load(file: Path) -> Process | None:
    """None when there is no file or no living process behind it."""
    try:
        process = Process(**json.loads(file.read_text()))
    except (OSError, ValueError, TypeError):
        return None
    return process if process.is_alive() else None


def start_time_of(pid: int) -> str | None:
    """None when no such process lives; a zombie does not live."""
    if Path("/proc/self/stat").exists():
        return _start_time_from_proc(pid)
    told = subprocess.run(["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True)
    state, _, started = told.stdout.strip().partition(" ")
    return None if told.returncode or state.startswith("Z") else started.strip()


def _start_time_from_proc(pid: int) -> str | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()  # the name in brackets may hold spaces
    return None if fields[0] in "ZX" else fields[19]


def _collect(pid: int) -> None:
    """Buries a dead child, if it is ours."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return


def _signal_group(pid: int, what: signal.Signals) -> None:
    try:
        os.killpg(pid, what)
    except (ProcessLookupError, PermissionError):
        return
