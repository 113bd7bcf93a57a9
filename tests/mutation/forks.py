"""Work in a forked child: what it does to the process ends with it, and so does an endless loop."""

import os
import pickle
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

T = TypeVar("T")
K = TypeVar("K")

FAILED: Final = 1
TOO_MUCH_WORK: Final = 98
"""The processor time that a test may take was gone: an endless loop."""
STOOD_STILL: Final = 95
"""It waited, for what is not known: perhaps for a machine that does other things."""
STUMBLED: Final = 94
"""What tries mistakes made one itself."""
WALL_SECONDS_MAX: Final = 240
POLL_SECONDS: Final = 0.002


def answer_of(work: Callable[[], T]) -> T:
    """What `work` returns, done in a child. Raises ChildProcessError where it ended without an answer."""
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        code = FAILED
        try:
            os.close(read_end)
            with os.fdopen(write_end, "wb") as out:
                pickle.dump(work(), out)
            code = 0
        except BaseException:
            traceback.print_exc()  # nobody else would say it
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as told:
        said = told.read()
    _, status = os.waitpid(pid, 0)
    if status != 0:
        raise ChildProcessError(f"the child ended with {os.waitstatus_to_exitcode(status)}")
    answer: T = pickle.loads(said)
    return answer


def each_in_a_child(jobs: Iterable[tuple[K, Callable[[], int]]], at_once: int) -> Iterator[tuple[K, int]]:
    """The exit code of every job as it ends; what a child says goes nowhere."""
    waiting = iter(jobs)
    running: dict[int, tuple[K, float]] = {}
    while True:
        while len(running) < at_once and (job := next(waiting, None)) is not None:
            running[_started(job[1])] = job[0], time.monotonic()
        if not running:
            return
        for pid in list(running):
            code = _code_of(pid, time.monotonic() - running[pid][1])
            if code is not None:
                yield running.pop(pid)[0], code
        time.sleep(POLL_SECONDS)


def _started(work: Callable[[], int]) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = STUMBLED
    try:
        silent(0, 1, 2)
        code = work()
    finally:
        os._exit(code)


def _code_of(pid: int, seconds: float) -> int | None:
    ended, status = os.waitpid(pid, os.WNOHANG)
    if ended:
        code = os.waitstatus_to_exitcode(status)
        return TOO_MUCH_WORK if code == -signal.SIGVTALRM else code
    if seconds > WALL_SECONDS_MAX:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        return STOOD_STILL
    return None


def silent(*streams: int) -> None:
    """From here on what this process says there goes nowhere: by itself, what is said to stdout."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in streams or (1,):
        os.dup2(nowhere, stream)


def end_after(cpu_seconds: float) -> None:
    """Ends this process unless asked again before so much more of its own time has gone by."""
    signal.setitimer(signal.ITIMER_VIRTUAL, cpu_seconds)
