"""Ending exactly what was started: children too, strangers never."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from infra.local.stack import process
from infra.local.stack.places import ROOT
from infra.local.stack.process import Process, end_all, start, start_time_of
from tests.infra.waiting import until

Start = Callable[[str], Process]


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Start]:
    """Starts a shell line as a process group; whatever is left is ended afterwards."""
    all_started: list[Process] = []

    def run(line: str) -> Process:
        log = tmp_path / f"{len(all_started)}.log"
        begun = start(["sh", "-c", line], {"PATH": "/usr/bin:/bin"}, log, tmp_path, end_with_parent=False)
        all_started.append(begun)
        return begun

    yield run
    end_all(all_started, gentle_seconds=0.2)


def test_children_end_with_their_parent(started: Start, tmp_path: Path) -> None:
    parent = started(f"sleep 60 & echo $! > {tmp_path}/child; wait")
    until(lambda: (tmp_path / "child").exists() and (tmp_path / "child").read_text().strip())
    child = int((tmp_path / "child").read_text())

    end_all([parent])

    until(lambda: start_time_of(child) is None)
    assert not parent.is_alive()


def test_a_recycled_pid_is_left_alone(started: Start) -> None:
    stranger = started("sleep 60")

    end_all([Process(stranger.pid, started="another start")])

    assert stranger.is_alive()


def test_who_does_not_go_is_killed(started: Start, tmp_path: Path) -> None:
    stubborn = started(f"trap '' TERM; touch {tmp_path}/ready; while :; do sleep 0.05; done")
    until((tmp_path / "ready").exists)

    end_all([stubborn], gentle_seconds=0.2)

    assert not stubborn.is_alive()


def test_a_pid_file_without_a_living_process_means_nothing(started: Start, tmp_path: Path) -> None:
    file = tmp_path / "part.json"
    ended = started("true")
    process.save(ended, file)
    until(lambda: not ended.is_alive())

    assert process.load(file) is None
    assert process.load(tmp_path / "none.json") is None


def test_a_saved_process_is_found_again(started: Start, tmp_path: Path) -> None:
    running = started("sleep 60")
    process.save(running, tmp_path / "part.json")

    assert process.load(tmp_path / "part.json") == running


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_a_private_cloud_does_not_outlive_a_killed_test_run(tmp_path: Path) -> None:
    code = (
        "import pathlib, time; from infra.local.stack.process import start;"
        f"here = pathlib.Path({str(tmp_path)!r});"
        "child = start(['sleep', '60'], {'PATH': '/usr/bin:/bin'}, here / 'log', here, end_with_parent=True);"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    child = int(parent.stdout.readline())

    parent.send_signal(signal.SIGKILL)
    parent.communicate()

    until(lambda: start_time_of(child) is None)


def test_nothing_runs_in_the_child_that_other_threads_hold_on_to(tmp_path: Path) -> None:
    """gRPC's handlers in a forked child broke parts that were started by a program with a channel."""
    program = tmp_path / "program.py"
    program.write_text(
        "import os\n"
        "from pathlib import Path\n"
        "from infra.local.stack.process import start\n"
        "from tests.infra.waiting import until\n"
        "os.register_at_fork(after_in_child=lambda: os._exit(9))\n"
        f"here = Path({str(tmp_path)!r})\n"
        "start(['sh', '-c', 'echo begun'], {'PATH': '/usr/bin:/bin'}, here / 'log', here, True)\n"
        "until(lambda: (here / 'log').read_text() == 'begun\\n')\n"
    )
    subprocess.run([sys.executable, program], cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, check=True)


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    begun = start(["nowhere"], {"PATH": "/usr/bin:/bin"}, tmp_path / "log", tmp_path, end_with_parent=False)
    until(lambda: not begun.is_alive())
    assert (tmp_path / "log").read_text() == "nowhere: No such file or directory\n"
